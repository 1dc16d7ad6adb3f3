import type { ErrorObject } from 'ajv';
import { invalidValue, required, unsupportedValue } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { type ErrorGroup, type ErrorNode, groupErrors } from './error-groups.ts';
import { goNumber } from './go-number.ts';
import { pointerSteps, stepInto, valuePath } from './value-path.ts';

/** The value that was checked. */
export interface CheckedValue {
  readonly value: unknown;
  /** The schema that it was checked with. */
  readonly schema: unknown;
  /** The field of the object that it is; the words of the causes do not repeat it. @default the object itself */
  readonly field?: string | undefined;
}

/** What is wrong with one part of a value. */
export interface SchemaCause {
  /** The way to the part. */
  readonly steps: readonly string[];
  readonly cause: StatusCause;
}

/** What the field of a cause is where several schemas are combined. */
const NO_FIELD = '<nil>';

/** The errors of a validator in the words of the real server. Of alternatives, the one that comes closest is told. */
export function schemaCauses(errors: readonly ErrorObject[], checked: CheckedValue): readonly SchemaCause[] {
  const lengths = new Set(errors.filter(({ keyword }) => LENGTHS.has(keyword)).map(placeOf));
  // A text of the wrong length is not matched.
  const told = errors.filter((error) => error.keyword !== 'pattern' || !lengths.has(placeOf(error)));
  return groupErrors(told).flatMap((node) => causesOf(node, checked));
}

const LENGTHS: ReadonlySet<string> = new Set(['minLength', 'maxLength']);

/** Which schema found which value wrong. */
function placeOf({ instancePath, schemaPath }: ErrorObject): string {
  return JSON.stringify([instancePath, schemaPath.slice(0, schemaPath.lastIndexOf('/'))]);
}

function causesOf(node: ErrorNode, checked: CheckedValue): readonly SchemaCause[] {
  if (!('branches' in node)) return [{ steps: pointerSteps(node.instancePath), cause: causeOf(node, checked) }];
  const branches = [...node.branches.values()].map((nodes) => nodes.flatMap((inner) => causesOf(inner, checked)));
  const own = { steps: node.steps, cause: combined(node, checked) };
  if (node.keyword === 'allOf') return [...branches.flat(), own];
  const isAmbiguous = passing(node.error) > 1;
  const [closest = []] = isAmbiguous ? [] : branches.toSorted((one, other) => one.length - other.length);
  return [own, ...closest];
}

function passing(error: ErrorObject | undefined): number {
  const { passingSchemas } = (error?.params ?? {}) as { readonly passingSchemas?: readonly number[] | null };
  return passingSchemas?.length ?? 0;
}

function combined(
  { keyword, path: way, steps, branches, error }: ErrorGroup,
  { value, schema }: CheckedValue,
): StatusCause {
  const path = JSON.stringify(valuePath(value, steps));
  switch (keyword) {
    case 'allOf': {
      const isNone = branches.size === sizeOf(way.reduce(stepInto, schema));
      return invalidValue(
        NO_FIELD,
        '',
        `${path} must validate all the schemas (allOf)${isNone ? '. None validated' : ''}`,
      );
    }
    case 'anyOf':
      return invalidValue(NO_FIELD, '', `${path} must validate at least one schema (anyOf)`);
    case 'oneOf': {
      const found = passing(error) > 1 ? `Found ${passing(error)} valid alternatives` : 'Found none valid';
      return invalidValue(NO_FIELD, '', `${path} must validate one and only one schema (oneOf). ${found}`);
    }
  }
}

function causeOf(error: ErrorObject, { value, field = '' }: CheckedValue): StatusCause {
  const { keyword, data, instancePath } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const name = valuePath(value, pointerSteps(instancePath));
  const path = [field, name].filter((part) => part !== '').join('.');
  const limit = limitText(params.limit, data);
  switch (keyword) {
    case 'type':
      return wrongType(path, typeName(data), `${name} in body must be of type ${typeNames(params.type)}`);
    case 'format':
      return wrongType(path, data, `${name} in body must be of type ${String(params.format)}`);
    case 'required':
      return required([path, String(params.missingProperty)].filter((part) => part !== '').join('.'));
    case 'enum':
      return unsupportedValue(path, data, (params.allowedValues as readonly unknown[]).map(textOf));
    case 'maxLength':
      return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${limit} bytes`, field: path };
    case 'maxItems':
    case 'maxProperties':
      return {
        reason: 'FieldValueTooMany',
        message: `Too many: ${sizeOf(data)}: must have at most ${limit} items`,
        field: path,
      };
    case 'minItems':
      return invalidValue(path, sizeOf(data), `${name} in body should have at least ${limit} items`);
    case 'minProperties':
      return invalidValue(path, sizeOf(data), `${name} in body should have at least ${limit} properties`);
    case 'minLength':
      return invalidValue(path, data, `${name} in body should be at least ${limit} chars long`);
    case 'pattern':
      return invalidValue(path, data, `${name} in body should match '${String(params.pattern)}'`);
    case 'multipleOf':
      return invalidValue(path, data, `${name} in body should be a multiple of ${limitText(params.multipleOf, data)}`);
    case 'not':
      return invalidValue(NO_FIELD, '', `${JSON.stringify(name)} must not validate the schema (not)`);
    default:
      return invalidValue(path, data, `${name} in body should be ${COMPARISONS[keyword] ?? keyword} ${limit}`);
  }
}

const COMPARISONS: Readonly<Record<string, string>> = {
  minimum: 'greater than or equal to',
  maximum: 'less than or equal to',
  exclusiveMinimum: 'greater than',
  exclusiveMaximum: 'less than',
};

/** Limits of integers and of sizes are integers, those of other numbers are `float64`. */
function limitText(limit: unknown, data: unknown): string {
  const isFloat = typeof data === 'number' && !Number.isSafeInteger(data);
  return isFloat || !Number.isSafeInteger(limit) ? goNumber(Number(limit)) : String(limit);
}

function wrongType(field: string, shown: unknown, detail: string): StatusCause {
  const { message } = invalidValue(field, shown, `${detail}: ${JSON.stringify(shown)}`);
  return { reason: 'FieldValueTypeInvalid', message, field };
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

/** A type that may be `null` is called as if it might not. */
function typeNames(types: unknown): string {
  const all = Array.isArray(types) ? types.map(String) : [String(types)];
  return all.filter((type) => type !== 'null').join(',');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
}
