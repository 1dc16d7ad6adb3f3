import { type Fields, isFields } from '../documents/fields.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';
import { FORMATS } from './formats.ts';

/** Keywords that mean in JSON Schema what they mean in an `openAPIV3Schema`. */
const COPIED = [
  ...['enum', 'pattern', 'minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties', 'required'],
];
const COMBINED = ['allOf', 'anyOf', 'oneOf'];

/**
 * The part of an `openAPIV3Schema` that validates, as JSON Schema draft 07. Formats that a server does not know say nothing. The rules of
 * `x-kubernetes-validations` are not among it.
 */
export function jsonSchema(schema: Fields): Fields {
  const {
    properties,
    additionalProperties: additional,
    items,
    not,
    format,
    exclusiveMinimum,
    exclusiveMaximum,
  } = schema;
  const result: Record<string, unknown> = typeOf(schema);
  for (const keyword of COPIED)
    if (schema[keyword] !== undefined && schema[keyword] !== null) result[keyword] = schema[keyword];
  for (const keyword of COMBINED) {
    const branches = schema[keyword];
    if (Array.isArray(branches) && branches.length > 0) result[keyword] = branches.map(ofUnknown);
  }
  if (isFields(not)) result.not = jsonSchema(not);
  if (isFields(items)) result.items = jsonSchema(items);
  if (isFields(additional)) result.additionalProperties = jsonSchema(additional);
  // By name, so that what is wrong is told in an order that does not depend on who wrote the schema.
  const named = Object.entries(fieldsOf(properties)).sort(([one], [other]) => (one < other ? -1 : 1));
  if (named.length > 0) result.properties = Object.fromEntries(named.map(([name, field]) => [name, ofUnknown(field)]));
  if (typeof format === 'string' && Object.hasOwn(FORMATS, format)) result.format = format;
  if (exclusiveMinimum === true) exclude(result, 'minimum', 'exclusiveMinimum');
  if (exclusiveMaximum === true) exclude(result, 'maximum', 'exclusiveMaximum');
  return result;
}

function ofUnknown(schema: unknown): Fields {
  return jsonSchema(fieldsOf(schema));
}

function typeOf(schema: Fields): Record<string, unknown> {
  const types =
    schema['x-kubernetes-int-or-string'] === true
      ? ['integer', 'string']
      : typeof schema.type === 'string' && schema.type !== ''
        ? [schema.type]
        : [];
  if (types.length === 0) return {};
  return { type: schema.nullable === true ? [...types, 'null'] : types };
}

function exclude(schema: Record<string, unknown>, limit: string, exclusive: string): void {
  if (schema[limit] === undefined) return;
  schema[exclusive] = schema[limit];
  delete schema[limit];
}
