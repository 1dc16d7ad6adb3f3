import { type Fields, isFields } from '../documents/fields.ts';
import { invalidValue, required } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { brokenRule, OLD_DNS_LABEL } from '../objects/validation/names.ts';
import { fieldSchema, type StructuralSchema } from './structural-schema.ts';

/** What is wrong with the kinds of the objects inside an object (`x-kubernetes-embedded-resource`). */
export function embeddedCauses(
  value: unknown,
  schema: StructuralSchema | undefined,
  path = '',
): readonly StatusCause[] {
  if (schema === undefined) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => embeddedCauses(item, schema.items, `${path}[${index}]`));
  }
  if (!isFields(value)) return [];
  const inside = Object.entries(value).flatMap(([name, field]) => {
    const at = !schema.properties.has(name) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    return embeddedCauses(field, fieldSchema(schema, name), at);
  });
  return schema.isEmbedded ? [...typeCauses(value, path), ...inside] : inside;
}

function typeCauses(object: Fields, path: string): readonly StatusCause[] {
  return ['apiVersion', 'kind'].flatMap((name) => {
    const at = `${path}.${name}`;
    const text = object[name];
    if (text === undefined) return [required(at)];
    if (typeof text !== 'string') return [invalidValue(at, text, 'must be a string')];
    if (text === '') return [invalidValue(at, text, 'must not be empty')];
    if (name === 'apiVersion') {
      const isLong = text.split('/').length > 2;
      return isLong ? [invalidValue(at, text, `unexpected GroupVersion string: ${text}`)] : [];
    }
    const problem = brokenRule(text.toLowerCase(), OLD_DNS_LABEL);
    const detail = 'may have mixed case, but should otherwise match: ';
    return problem === undefined ? [] : [invalidValue(at, text, `${detail}${problem}`)];
  });
}
