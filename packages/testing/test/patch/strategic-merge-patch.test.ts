import { beforeAll, expect, test } from 'vitest';
import { applyStrategicMergePatch } from '../../src/patch/strategic-merge-patch.ts';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import type { Schemas } from '../../src/schema/type-schema.ts';
import { deepFreeze } from './helpers/deep-freeze.ts';

let schemas: Schemas;
beforeAll(async () => {
  schemas = await loadKubernetesSchemas();
});

const POD = deepFreeze({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', labels: { a: '1', b: '2' }, finalizers: ['x/one', 'x/two'] },
  spec: {
    containers: [
      {
        name: 'a',
        image: 'a:1',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        command: ['run'],
      },
      { name: 'b', image: 'b:1', ports: [{ containerPort: 80, protocol: 'TCP' }] },
      { name: 'c', image: 'c:1' },
    ],
    volumes: [{ name: 'data', emptyDir: {} }],
    tolerations: [{ key: 'x', operator: 'Exists' }],
  },
});

interface Patched {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly containers: readonly Readonly<Record<string, unknown>>[];
  };
}

const patched = (patch: unknown) =>
  applyStrategicMergePatch({ object: POD, patch: deepFreeze(patch), schemas }) as unknown as Patched;
const patchedSpec = (spec: unknown) => patched({ spec }).spec;
const names = (spec: unknown) => patchedSpec(spec).containers.map(({ name }) => name);

test('merges containers by name and their environment by name', () => {
  const containers = [
    {
      name: 'a',
      image: 'a:2',
      env: [
        { name: 'B', value: '3' },
        { name: 'C', value: '4' },
      ],
    },
  ];
  expect(patchedSpec({ containers }).containers[0]).toEqual({
    name: 'a',
    image: 'a:2',
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '3' },
      { name: 'C', value: '4' },
    ],
    command: ['run'],
  });
});

test('puts new containers before those whose order the patch does not give', () => {
  expect(names({ containers: [{ name: 'new', image: 'n' }] })).toEqual(['new', 'a', 'b', 'c']);
});

test('deletes items with $patch', () => {
  expect(names({ containers: [{ name: 'b', $patch: 'delete' }] })).toEqual(['a', 'c']);
});

test('replaces a list with $patch', () => {
  expect(patchedSpec({ containers: [{ $patch: 'replace' }, { name: 'z', image: 'z', env: null }] }).containers).toEqual(
    [{ name: 'z', image: 'z' }],
  );
});

test('replaces or empties an object with $patch', () => {
  expect(patched({ metadata: { labels: { $patch: 'replace', c: '3' } } }).metadata.labels).toEqual({ c: '3' });
  expect(patched({ metadata: { labels: { $patch: 'delete' } } }).metadata.labels).toEqual({});
});

test('orders items with $setElementOrder; the others keep their place', () => {
  expect(names({ '$setElementOrder/containers': [{ name: 'c' }, { name: 'a' }] })).toEqual(['b', 'c', 'a']);
});

test('puts a renamed container where a real server puts it', () => {
  const containers = [
    { name: 'new', image: 'n' },
    { name: 'a', $patch: 'delete' },
  ];
  expect(names({ '$setElementOrder/containers': [{ name: 'new' }, { name: 'c' }], containers })).toEqual([
    'b',
    'new',
    'c',
  ]);
});

test('keeps only the fields in $retainKeys', () => {
  const volumes = [{ name: 'data', $retainKeys: ['name', 'configMap'], configMap: { name: 'c' } }];
  expect(patchedSpec({ volumes }).volumes).toEqual([{ name: 'data', configMap: { name: 'c' } }]);
});

test('merges finalizers as a set and deletes single ones', () => {
  const metadata = { finalizers: ['x/three', 'x/one'], '$deleteFromPrimitiveList/finalizers': ['x/two'] };
  expect(patched({ metadata }).metadata.finalizers).toEqual(['x/three', 'x/one']);
});

test('replaces lists that the schema does not merge', () => {
  expect(patchedSpec({ tolerations: [{ key: 'y' }], containers: [{ name: 'a', command: ['other'] }] })).toMatchObject({
    tolerations: [{ key: 'y' }],
    containers: [{ command: ['other'] }, {}, {}],
  });
});

test('removes fields by null, and null does not stay in what is new', () => {
  const result = patched({
    metadata: { labels: { a: null, none: null } },
    spec: { securityContext: { runAsUser: null }, volumes: null },
  });
  expect(result.metadata.labels).toEqual({ b: '2' });
  expect(result.spec.securityContext).toEqual({});
  expect(result.spec).not.toHaveProperty('volumes');
});

test('takes __proto__ for a key as any other', () => {
  const patch: unknown = JSON.parse('{"metadata": {"labels": {"__proto__": "x", "constructor": "y"}}}');
  expect(JSON.stringify(patched(patch).metadata.labels)).toBe('{"a":"1","b":"2","__proto__":"x","constructor":"y"}');
});

test.each([
  [{ spec: { containers: [{ image: 'x' }] } }, 500, 'map: map[image:x] does not contain declared merge key: name'],
  [
    { spec: { containers: [{ name: 'a', $patch: 'merge' }] } },
    500,
    'merging lists cannot yet be specified in the patch',
  ],
  [{ spec: { $patch: 'odd' } }, 500, 'unknown patch type: odd in map: map[$patch:odd]'],
  [
    { spec: { '$setElementOrder/nope': [] } },
    500,
    'unable to find api field in struct PodSpec for the json field "nope"',
  ],
  [{ spec: { '$setElementOrder/containers': 'a' } }, 500, 'expected a []interface {}, but received a string'],
  [
    { spec: { volumes: [{ name: 'data', $retainKeys: ['name'], configMap: {} }] } },
    400,
    'invalid patch format of retainKeys',
  ],
  [
    { spec: { '$setElementOrder/initContainers': [], initContainers: [] } },
    500,
    'no elements in any of the given slices',
  ],
  [{ spec: { $setElementOrder: [] } }, 400, 'invalid patch format of setElementOrder list'],
  [[1], 400, 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
])('refuses %j', (patch, code, message) => {
  expect(() => patched(patch)).toThrow(expect.objectContaining({ code, message }));
});

test('refuses a patch of items in another order than the patch itself gives', () => {
  const spec = { '$setElementOrder/containers': [{ name: 'a' }], containers: [{ name: 'b' }] };
  expect(() => patchedSpec(spec)).toThrow(
    "The order in patch list:\n[map[name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n",
  );
});

test('is not there for custom resources', () => {
  const object = { apiVersion: 'example.com/v1', kind: 'Widget' };
  expect(() => applyStrategicMergePatch({ object, patch: {}, schemas })).toThrow(
    expect.objectContaining({ code: 415, reason: 'UnsupportedMediaType' }),
  );
});
