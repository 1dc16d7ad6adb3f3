import { expect, test } from 'vitest';
import { definitionCauses } from '../../src/custom/definition-causes.ts';

type Fields = Readonly<Record<string, unknown>>;

function version(rest: Fields = {}): Fields {
  return { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } }, ...rest };
}

function causes(spec: Fields = {}, name = 'foos.x.example'): readonly string[] {
  const names = { plural: 'foos', kind: 'Foo' };
  const found = definitionCauses({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name },
    spec: { group: 'x.example', scope: 'Namespaced', names, versions: [version()], ...spec },
  });
  return found.map(({ field, message }) => `${field}: ${message}`);
}

function withField(schema: Fields): Fields {
  const openAPIV3Schema = { type: 'object', properties: { a: schema } };
  return { versions: [version({ schema: { openAPIV3Schema } })] };
}

const A = 'spec.validation.openAPIV3Schema.properties[a]';

test('a definition that is right has no causes', () => {
  expect(causes()).toEqual([]);
});

test('the name is made of the plural and the group', () => {
  expect(causes({}, 'foo.x.example')).toEqual([
    'metadata.name: Invalid value: "foo.x.example": must be spec.names.plural+"."+spec.group',
  ]);
});

test.each([
  [{ scope: undefined }, 'spec.scope: Required value'],
  [{ scope: 'X' }, 'spec.scope: Unsupported value: "X": supported values: "Cluster", "Namespaced"'],
  [{ names: { plural: 'foos' } }, 'spec.names.kind: Required value'],
  [
    { names: { plural: 'foos', kind: 'Foo', listKind: 'Foo' } },
    'spec.names.listKind: Invalid value: "Foo": kind and listKind may not be the same',
  ],
  [{ versions: [] }, 'spec.versions: Invalid value: []: must have exactly one version marked as storage version'],
  [{ versions: [version({ schema: undefined })] }, 'spec.versions[0].schema.openAPIV3Schema: Required value'],
  [
    { versions: [version({ additionalPrinterColumns: [{ name: 'A', type: 'x', jsonPath: '.a' }] })] },
    'spec.additionalPrinterColumns[0].type: Invalid value: "x": must be one of boolean,date,integer,number,string',
  ],
  [
    { versions: [version({ subresources: { scale: { specReplicasPath: '.x', statusReplicasPath: '.status.x' } } })] },
    'spec.subresources.scale.specReplicasPath: Invalid value: ".x": should be a json path under .spec',
  ],
  [
    { conversion: { strategy: 'X' } },
    'spec.conversion.strategy: Unsupported value: "X": supported values: "None", "Webhook"',
  ],
  [withField({}), `${A}.type: Required value: must not be empty for specified object fields`],
  [
    withField({ type: 'int' }),
    `${A}.type: Unsupported value: "int": supported values: "array", "boolean", "integer", "number", "object", "string"`,
  ],
  [withField({ type: 'array' }), `${A}.items: Required value: must be specified`],
  [withField({ type: 'object', $ref: '#/x' }), `${A}.$ref: Forbidden: $ref is not supported`],
])('%j is refused', (spec, cause) => {
  expect(causes(spec)).toEqual([cause]);
});
