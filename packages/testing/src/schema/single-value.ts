import { readBase64 } from './base64.ts';
import { readTime } from './go-time.ts';
import { readQuantity } from './quantity.ts';
import type { Reading } from './reading.ts';

const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };
const LISTS_OF_TEXTS = new Set([
  'authentication.v1.ExtraValue',
  'authorization.v1.ExtraValue',
  'certificates.v1.ExtraValue',
  'meta.v1.Verbs',
]);
const INT64 = { least: -(2 ** 63), most: 2 ** 63 };

/**
 * Reads a scalar, or a message that JSON has as one value (`isSingleValue`), as `encoding/json` of Go does. Free JSON is read as it is.
 * Whether a number has been written as `1.0`, which Go takes for no integer, is not to be seen any more, and passes.
 */
export function readSingleValue({
  type,
  value,
  goType,
}: {
  readonly type: string;
  /** Not null. */
  readonly value: unknown;
  /** The name of the type in Go. */
  readonly goType: string;
}): Reading {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? { value } : { given: value, goType };
    case 'bool':
      return typeof value === 'boolean' ? { value } : { given: value, goType };
    case 'double':
      return typeof value === 'number' ? { value } : { given: value, goType };
    case 'int32':
      return readInteger({ value, range: INT32, goType });
    case 'int64':
      return readInteger({ value, range: INT64, goType });
    case 'bytes':
      return readBytes(value, goType);
    case 'resource.Quantity':
      return readQuantity(typeof value === 'string' ? value : JSON.stringify(value));
    case 'intstr.IntOrString':
      return typeof value === 'string' ? { value } : readInteger({ value, range: INT32, goType: 'int32' });
    case 'meta.v1.Time':
    case 'meta.v1.MicroTime':
      if (typeof value !== 'string') return { given: value, goType: 'string' };
      return readTime({ text: value, isMicro: type === 'meta.v1.MicroTime' });
    default:
      return isListOfTexts(type) ? readTexts(value, goType) : { value };
  }
}

/** Whether Go has nothing but a list of texts behind the name of a message. */
export function isListOfTexts(type: string): boolean {
  return LISTS_OF_TEXTS.has(type);
}

function readInteger(options: {
  readonly value: unknown;
  readonly range: { readonly least: number; readonly most: number };
  readonly goType: string;
}): Reading {
  const { value, range, goType } = options;
  const isInRange = Number.isInteger(value) && Number(value) >= range.least && Number(value) <= range.most;
  return isInRange ? { value: value === 0 ? 0 : value } : { given: value, goType };
}

/** Go takes bytes as a list of numbers, too. */
function readBytes(value: unknown, goType: string): Reading {
  if (typeof value === 'string') return readBase64(value);
  if (!Array.isArray(value)) return { given: value, goType };
  const isByte = (item: unknown) =>
    item === null || (Number.isInteger(item) && Number(item) >= 0 && Number(item) < 256);
  const wrong: unknown = value.find((item) => !isByte(item));
  if (wrong !== undefined) return { given: wrong, goType: 'uint8' };
  return { value: Buffer.from(value.map(Number)).toString('base64') };
}

function readTexts(value: unknown, goType: string): Reading {
  if (!Array.isArray(value)) return { given: value, goType };
  const wrong: unknown = value.find((item) => item !== null && typeof item !== 'string');
  return wrong === undefined ? { value } : { given: wrong, goType: 'string' };
}
