import { durationText } from './duration-text.ts';
import { type DecodedMessage, wireField } from './protobuf-types.ts';
import { timestampText } from './timestamp-text.ts';

/** How deep the JSON within a message (`FieldsV1`, `RawExtension`) may be nested. */
const MAX_JSON_DEPTH = 200;
/** A number with the suffix of a quantity; kubectl sends it in canonical form. */
const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

/**
 * What JSON has for a message that is no object with its fields there: a `MarshalJSON` of Go each.
 *
 * @returns `undefined` for a message that JSON writes as an object.
 * @throws Error for a value that JSON cannot have.
 */
export function singleValue({
  type,
  message,
  schemaOf,
}: {
  /** The name of the message. */
  readonly type: string;
  readonly message: DecodedMessage;
  /** The JSON of a `JSONSchemaProps` in the message. */
  readonly schemaOf: (message: unknown) => unknown;
}): { readonly value: unknown } | undefined {
  const [first, second] = [wireField(message, 1), wireField(message, 2)];
  switch (type) {
    case 'resource.Quantity':
      return { value: quantity(first) };
    case 'intstr.IntOrString':
      return { value: intOrString(message) };
    case 'meta.v1.Time':
      return { value: isEmpty(message) ? null : timestampText({ seconds: integer(first) }) };
    case 'meta.v1.MicroTime':
      return { value: microTime(message) };
    case 'meta.v1.Duration':
      return { value: durationText(BigInt(decimal(first))) };
    case 'meta.v1.FieldsV1':
    case 'runtime.RawExtension':
    case 'apiextensions.v1.JSON':
      return { value: freeJson(first as Buffer | undefined) };
    case 'meta.v1.Verbs':
    case 'authentication.v1.ExtraValue':
    case 'authorization.v1.ExtraValue':
    case 'certificates.v1.ExtraValue':
      return { value: first ?? null };
    case 'apiextensions.v1.JSONSchemaPropsOrBool':
      return { value: second === undefined ? first === true : schemaOf(second) };
    case 'apiextensions.v1.JSONSchemaPropsOrArray':
      return { value: listOf(second)?.map(schemaOf) ?? (first === undefined ? null : schemaOf(first)) };
    case 'apiextensions.v1.JSONSchemaPropsOrStringArray':
      return { value: listOf(second) ?? (first === undefined ? null : schemaOf(first)) };
    default:
      return undefined;
  }
}

/**
 * An integer of protobuf as a number.
 *
 * @throws RangeError for an integer that a number cannot hold exactly.
 */
export function integer(value: unknown): number {
  const text = decimal(value);
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`the integer ${text} is out of range`);
  return number;
}

/** An integer of 64 bits is an object of protobufjs. */
function decimal(value: unknown): string {
  return ((value ?? 0) as number | { toString(): string }).toString();
}

function quantity(text: unknown): string {
  if (text === undefined || text === '') return '0';
  if (typeof text !== 'string' || !QUANTITY.test(text))
    throw new Error('quantities must match the regular expression of a quantity');
  return text;
}

function intOrString(message: DecodedMessage): unknown {
  switch (integer(wireField(message, 1))) {
    case 0:
      return wireField(message, 2) ?? 0;
    case 1:
      return wireField(message, 3) ?? '';
    default:
      throw new Error('impossible IntOrString.Type');
  }
}

function microTime(message: DecodedMessage): string | null {
  if (isEmpty(message)) return null;
  return timestampText({
    seconds: integer(wireField(message, 1)),
    microseconds: Math.trunc(integer(wireField(message, 2)) / 1000),
  });
}

function freeJson(bytes: Buffer | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return null;
  const value: unknown = JSON.parse(bytes.toString('utf8'));
  if (isDeeper(value, MAX_JSON_DEPTH)) throw new Error(`JSON is nested more than ${MAX_JSON_DEPTH} levels deep`);
  return value;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}

function isEmpty(message: DecodedMessage): boolean {
  return Object.keys(message).length === 0;
}
