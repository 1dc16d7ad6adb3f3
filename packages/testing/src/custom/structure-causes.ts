import { type Fields, isFields } from '../documents/fields.ts';
import { forbiddenField, invalidValue, required, unsupportedValue } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string'];
/** The deepest schema that is read, in levels; a real server has no limit of its own here. */
const DEEPEST = 100;
const QUADRATIC = 'uniqueItems cannot be set to true since the runtime complexity becomes quadratic';

/** What keeps a schema from being structural: every value has a type, unless it says that it can be anything. */
export function structureCauses(root: Fields, path: string): readonly StatusCause[] {
  if (root.type === undefined || root.type === '') {
    return [required(`${path}.type`, 'must not be empty at the root'), ...inside(root, path, 0)];
  }
  if (root.type !== 'object') return [invalidValue(`${path}.type`, root.type, 'must be object at the root')];
  return inside(root, path, 0);
}

function inside(schema: Fields, path: string, depth: number): readonly StatusCause[] {
  if (depth > DEEPEST) return [invalidValue(path, '', `must not be nested more than ${DEEPEST} levels deep`)];
  const { type, items, properties, additionalProperties: additional } = schema;
  const keys = schema['x-kubernetes-list-map-keys'];
  const isMap = schema['x-kubernetes-list-type'] === 'map';
  return [
    ...(schema.$ref === undefined ? [] : [forbiddenField(`${path}.$ref`, '$ref is not supported')]),
    ...(schema.uniqueItems === true ? [forbiddenField(`${path}.uniqueItems`, QUADRATIC)] : []),
    ...(type === 'array' && !isFields(items) ? [required(`${path}.items`, 'must be specified')] : []),
    ...(isMap && !(Array.isArray(keys) && keys.length > 0)
      ? [required(`${path}.x-kubernetes-list-map-keys`, 'must not be empty if x-kubernetes-list-type is map')]
      : []),
    ...Object.entries(fieldsOf(properties)).flatMap(([name, field]) =>
      ofPart(field, `${path}.properties[${name}]`, 'object fields', depth),
    ),
    ...(isFields(items) ? ofPart(items, `${path}.items`, 'array items', depth) : []),
    ...(isFields(additional) ? ofPart(additional, `${path}.additionalProperties`, 'object fields', depth) : []),
  ];
}

function ofPart(part: unknown, path: string, what: string, depth: number): readonly StatusCause[] {
  const schema = fieldsOf(part);
  const { type } = schema;
  const isAny =
    schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-int-or-string'] === true;
  const ofType =
    type === undefined || type === ''
      ? isAny
        ? []
        : [required(`${path}.type`, `must not be empty for specified ${what}`)]
      : typeof type === 'string' && TYPES.includes(type)
        ? []
        : [unsupportedValue(`${path}.type`, type, TYPES)];
  return [...ofType, ...inside(schema, path, depth + 1)];
}
