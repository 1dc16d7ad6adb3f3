import protobuf from 'protobufjs/light.js';
import { expect, test } from 'vitest';
import { decodeObject } from '../../src/protobuf/decode-object.ts';
import { loadProtobufTypes } from '../../src/protobuf/protobuf-types.ts';
import { loadTypeTable } from '../../src/schema/type-table.ts';
import { encodeObject } from './encode-object.ts';
import recorded from './recorded-bodies.json' with { type: 'json' };
import type { RecordedBody } from './recorded-body.ts';

const types = await loadProtobufTypes(await loadTypeTable());
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', name: 'core.v1.ConfigMap' };

function decode(body: Buffer, expected?: { apiVersion: string; kind: string }) {
  return decodeObject({ body, types, expected });
}

test.each(recorded as readonly RecordedBody[])('$source is read as Go reads it', ({ body, object }) => {
  // As text: the fields stand in the same order, too.
  expect(JSON.stringify(decode(Buffer.from(body, 'base64')))).toBe(JSON.stringify(object));
});

// Sent by `kubectl create token default --duration=1h`, `kubectl auth can-i create pods/exec -n x --subresource=log`,
// `kubectl auth can-i --list` and `kubectl auth whoami` of version 1.34.
test.each([
  [
    'azhzAAooChhhdXRoZW50aWNhdGlvbi5rOHMuaW8vdjESDFRva2VuUmVxdWVzdBIdChAKABIAGgAiACoAMgA4AEIAEgMgkBwaBAoAEgAaACIA',
    { kind: 'TokenRequest', spec: { audiences: null, expirationSeconds: 3600, boundObjectRef: null } },
  ],
  [
    'azhzAAoyChdhdXRob3JpemF0aW9uLms4cy5pby92MRIXU2VsZlN1YmplY3RBY2Nlc3NSZXZpZXcSQAoQCgASABoAIgAqADIAOABCABIiCiAKAXgSBmNyZWF0ZRoAIgAqBHBvZHMyA2xvZzoEZXhlYxoICAASABoAIAAaACIA',
    {
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { namespace: 'x', verb: 'create', resource: 'pods', subresource: 'log', name: 'exec' },
      },
    },
  ],
  [
    'azhzAAoxChdhdXRob3JpemF0aW9uLms4cy5pby92MRIWU2VsZlN1YmplY3RSdWxlc1JldmlldxIjChAKABIAGgAiACoAMgA4AEIAEgkKB2RlZmF1bHQaBBgAIgAaACIA',
    { kind: 'SelfSubjectRulesReview', spec: { namespace: 'default' } },
  ],
  [
    'azhzAAotChhhdXRoZW50aWNhdGlvbi5rOHMuaW8vdjESEVNlbGZTdWJqZWN0UmV2aWV3EhoKEAoAEgAaACIAKgAyADgAQgASBgoECgASABoAIgA=',
    { kind: 'SelfSubjectReview', metadata: {}, status: { userInfo: {} } },
  ],
])('a review or request of kubectl that is no object to keep is read: %#', (body, object) => {
  expect(decode(Buffer.from(body, 'base64'))).toMatchObject(object);
});

test('options, Scale and Eviction are read', () => {
  const options = { apiVersion: 'apps/v1', kind: 'DeleteOptions', name: 'meta.v1.DeleteOptions' };
  expect(decode(encodeObject({ types, ...options, fields: { f1: 0, f4: 'Orphan' } }))).toEqual({
    kind: 'DeleteOptions',
    apiVersion: 'apps/v1',
    gracePeriodSeconds: 0,
    propagationPolicy: 'Orphan',
  });
  const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', name: 'autoscaling.v1.Scale' };
  expect(decode(encodeObject({ types, ...scale, fields: { f1: { f1: 'web' }, f2: { f1: 3 } } }))).toMatchObject({
    metadata: { name: 'web' },
    spec: { replicas: 3 },
  });
  const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', name: 'policy.v1.Eviction' };
  expect(decode(encodeObject({ types, ...eviction, fields: { f2: { f1: 5 } } }))).toEqual({
    kind: 'Eviction',
    apiVersion: 'policy/v1',
    metadata: {},
    deleteOptions: { gracePeriodSeconds: 5 },
  });
});

test('keys that objects inherit are keys like any other', () => {
  const data = JSON.parse('{"__proto__":"a","constructor":"b","":"c"}') as object;
  const decoded = decode(encodeObject({ types, ...configMap, fields: { f2: data } }));
  expect(Object.entries(decoded.data as object).toSorted()).toEqual(Object.entries(data).toSorted());
  expect(Object.getPrototypeOf(decoded.data)).toBe(Object.prototype);
});

test('what the body leaves out of its kind comes from what the path takes', () => {
  const body = encodeObject({ types, ...configMap, apiVersion: '', kind: '', fields: { f1: { f1: 'a' } } });
  expect(decode(body, configMap)).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'a' } });
  expect(() => decode(body)).toThrow(expect.objectContaining({ code: 400 }));
});

test('a kind that is not built in is refused as a media type', () => {
  const body = encodeObject({ types, ...configMap, kind: 'Bogus', fields: {} });
  expect(() => decode(body)).toThrow(expect.objectContaining({ code: 415, reason: 'UnsupportedMediaType' }));
});

// The sentences are those of a Kubernetes 1.34.
test.each([
  ['', 'the object provided is unrecognized (must be of type ConfigMap): empty data'],
  [
    'garbage',
    'the object provided is unrecognized (must be of type ConfigMap): provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]',
  ],
  ['k8s\0', 'the object provided is unrecognized (must be of type ConfigMap): empty body'],
  ['k8s\0\xff\xff', 'the object provided is unrecognized (must be of type ConfigMap): unexpected EOF'],
  [
    'k8s\0\x0a\x0f\x0a\x02v1\x12\x09ConfigMap\x12\x02\x0a\x7f',
    'ConfigMap in version "v1" cannot be handled as a ConfigMap: unexpected EOF',
  ],
])('a malformed body is refused with the words of the real server: %j', (text, message) => {
  expect(() => decode(Buffer.from(text, 'latin1'), configMap)).toThrow(expect.objectContaining({ code: 400, message }));
});

test('a body cut anywhere is refused or read, and never fails otherwise', () => {
  for (const { body } of recorded) {
    const whole = Buffer.from(body, 'base64');
    const outcomes = Array.from({ length: whole.length }, (_, length) => outcomeOf(whole.subarray(0, length)));
    expect(outcomes.filter((outcome) => outcome !== 'read' && outcome !== 400)).toEqual([]);
    expect(outcomes).toContain(400);
  }
});

function outcomeOf(body: Buffer): unknown {
  try {
    decode(body);
    return 'read';
  } catch (error) {
    return (error as { code?: number }).code ?? error;
  }
}

test('a body above 3 MiB is refused', () => {
  const body = encodeObject({ types, ...configMap, fields: { f2: { a: 'x'.repeat(3 * 1024 * 1024) } } });
  expect(() => decode(body)).toThrow(
    expect.objectContaining({ code: 400, message: expect.stringContaining('longer than') as string }),
  );
});

/** A field with a message in it, on the wire. */
function wrap(number: number, message: Uint8Array): Uint8Array {
  return protobuf.Writer.create()
    .uint32(number * 8 + 2)
    .bytes(message)
    .finish();
}

function envelope(raw: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('k8s\0'), wrap(2, raw)]);
}

test('more than 200,000 messages are refused', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod' };
  const withContainers = (count: number) => envelope(wrap(2, Buffer.alloc(count * 2, Buffer.from([0x12, 0x00]))));
  expect(decode(withContainers(1000), pod)).toMatchObject(pod);
  expect(() => decode(withContainers(200_000), pod)).toThrow(
    expect.objectContaining({ code: 400, message: expect.stringContaining('more than 200000 messages') as string }),
  );
});

test('more than a hundred messages one in another are refused', () => {
  const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' };
  const withSchema = (depth: number) => {
    let schema: Uint8Array = Buffer.alloc(0);
    for (let level = 0; level < depth; level++) schema = wrap(28, schema);
    return envelope(wrap(2, wrap(7, wrap(4, wrap(1, schema)))));
  };
  expect(JSON.stringify(decode(withSchema(90), crd)).match(/"not"/g)).toHaveLength(90);
  expect(() => decode(withSchema(110), crd)).toThrow(
    expect.objectContaining({ code: 400, message: expect.stringContaining('depth') as string }),
  );
});

test.each([
  ['an integer beyond what a number holds', 'core.v1.Pod', { f2: { f4: '9007199254740993' } }, 'out of range'],
  ['a time after the year 9999', 'core.v1.Pod', { f1: { f8: { f1: 253402300800 } } }, 'out of range'],
  ['a quantity that is none', 'core.v1.ResourceQuota', { f2: { f1: { cpu: { f1: 'much' } } } }, 'quantit'],
  ['an integer or string that is neither', 'policy.v1.PodDisruptionBudget', { f2: { f1: { f1: 2 } } }, 'IntOrString'],
  ['free JSON that is none', 'apps.v1.ControllerRevision', { f2: { f1: Buffer.from('{') } }, 'JSON'],
  ['free JSON nested too deep', 'apps.v1.ControllerRevision', { f2: { f1: Buffer.from(nested(300)) } }, 'levels deep'],
])('%s is refused', (_, name, fields, words) => {
  const [packageName = '', kind = ''] = name.split(/\.v1\./);
  const apiVersion = packageName === 'core' ? 'v1' : `${packageName}/v1`;
  const body = encodeObject({ types, apiVersion, kind, name, fields });
  expect(() => decode(body)).toThrow(
    expect.objectContaining({ code: 400, message: expect.stringContaining(words) as string }),
  );
});

function nested(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`;
}
