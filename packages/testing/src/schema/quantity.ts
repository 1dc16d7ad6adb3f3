import type { Reading } from './reading.ts';

const WRONG_FORM =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'" as const;
/** The parts of a quantity; each may be empty. */
const PARTS = /^([+-]?)0*(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?\d*)$/;
/** The common form, which stays as it is: up to nine digits without three zeros at the end, and a suffix. */
const CANONICAL = /^(?!\d*000)[1-9]\d{0,8}(?:m|k|M|G)?$/;
/** Longer ones are left as they are. */
const MAX_CHARACTERS = 256;

const DECIMAL = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const BINARY = new Map([
  ['Ki', 10],
  ['Mi', 20],
  ['Gi', 30],
  ['Ti', 40],
  ['Pi', 50],
  ['Ei', 60],
]);
const NANO = -9;
const MAX_INT64 = 2n ** 63n - 1n;

type Format = 'decimal' | 'binary' | 'exponent';

/** `value` times ten to the power of `scale`. */
interface Amount {
  readonly value: bigint;
  readonly scale: number;
}

/**
 * Reads a quantity as `resource.ParseQuantity` of k8s.io/apimachinery does, and writes it in canonical form: `1000m` is `1`, `0.5` is
 * `500m`, `1024Mi` is `1Gi`.
 */
export function readQuantity(given: string): Reading {
  if (CANONICAL.test(given)) return { value: given };
  const text = given.trim();
  if (text === '') return { problem: WRONG_FORM };
  const [, sign, num = '', denom = '', suffix = ''] = PARTS.exec(text) ?? [];
  if (sign === undefined) return { problem: WRONG_FORM };
  const unit = unitOf(suffix);
  if (unit === undefined) return { problem: "unable to parse quantity's suffix" };
  if (text.length > MAX_CHARACTERS) return { value: text };
  const digits = `${num === '' ? '0' : num}${denom}`;
  const { format, exponent } = unit;
  const value = BigInt(digits);
  const small = smallAmount({ value, digits, places: denom.length, format, exponent });
  if (small !== undefined) {
    const isKept =
      format === 'binary'
        ? value % 8n !== 0n
        : small.scale % 3 === 0 && !digits.endsWith('000') && !digits.startsWith('0');
    if (isKept) return { value: text };
    return { value: written({ amount: signed(small, sign), format }) };
  }
  if (!/\d/.test(text.slice(0, text.length - suffix.length)))
    return { problem: 'unable to parse numeric part of quantity' };
  return { value: written(largeAmount({ value, sign, places: denom.length, format, exponent })) };
}

function unitOf(suffix: string): { readonly format: Format; readonly exponent: number } | undefined {
  const decimal = DECIMAL.get(suffix);
  if (decimal !== undefined) return { format: 'decimal', exponent: decimal };
  const binary = BINARY.get(suffix);
  if (binary !== undefined) return { format: 'binary', exponent: binary };
  const power = /^[eE]([+-]?\d+)$/.exec(suffix)?.[1];
  const exponent = Number(power);
  // Go takes 64 bits of it and keeps 32; what is beyond those is no amount that anyone means.
  if (power === undefined || Math.abs(exponent) > 2 ** 31 - 1) return undefined;
  return { format: 'exponent', exponent };
}

interface Parts {
  readonly value: bigint;
  /** Digits after the dot. */
  readonly places: number;
  readonly format: Format;
  readonly exponent: number;
}

/** What Go holds in an int64; it takes the number of digits for the bound. */
function smallAmount({ value, digits, places, format, exponent }: Parts & { digits: string }): Amount | undefined {
  if (format === 'binary') {
    const precision = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1;
    const product = value << BigInt(exponent);
    return places === 0 && precision >= 0 && product <= MAX_INT64 ? { value: product, scale: 0 } : undefined;
  }
  const scale = exponent - places;
  return digits.length <= 18 && scale >= NANO ? { value, scale } : undefined;
}

/** The others: rounded up to a billionth, and no larger than an int64 if they are binary. */
function largeAmount(parts: Parts & { sign: string }): { readonly amount: Amount; readonly format: Format } {
  const { value, sign, places, format, exponent } = parts;
  const isBinary = format === 'binary';
  let amount: Amount = {
    value: isBinary ? value << BigInt(exponent) : value,
    scale: (isBinary ? 0 : exponent) - places,
  };
  if (amount.scale < NANO) amount = roundedUp(amount, NANO);
  if (!isBinary) return { amount: signed(amount, sign), format };
  const unit = 10n ** BigInt(-amount.scale);
  if (amount.value > MAX_INT64 * unit) amount = { value: MAX_INT64, scale: 0 };
  return { amount: signed(amount, sign), format: amount.value < unit ? 'decimal' : format };
}

function signed({ value, scale }: Amount, sign: string): Amount {
  return { value: sign === '-' ? -value : value, scale };
}

function roundedUp({ value, scale }: Amount, to: number): Amount {
  const places = to - scale;
  // Without the power: the exponent may be a billion.
  if (places > MAX_CHARACTERS * 2) return { value: value === 0n ? 0n : 1n, scale: to };
  const unit = 10n ** BigInt(places);
  return { value: (value + unit - 1n) / unit, scale: to };
}

function written({ amount, format }: { amount: Amount; format: Format }): string {
  if (amount.value === 0n) return '0';
  return (format === 'binary' ? writtenBinary(amount) : undefined) ?? writtenDecimal(amount, format);
}

/** `undefined` for an amount that is no integer, or one below 1024, which Go writes as a decimal one. */
function writtenBinary({ value, scale }: Amount): string | undefined {
  const unit = 10n ** BigInt(-scale);
  if (value % unit !== 0n) return undefined;
  let number = value / unit;
  if (number > -1024n && number < 1024n) return undefined;
  let exponent = 0;
  for (; number % 1024n === 0n; exponent += 10) number /= 1024n;
  return `${number}${suffixFor(BINARY, exponent)}`;
}

function writtenDecimal({ value, scale }: Amount, format: Format): string {
  let [number, exponent] = [value, scale];
  for (; number % 10n === 0n; exponent += 1) number /= 10n;
  for (; exponent % 3 !== 0; exponent -= 1) number *= 10n;
  if (format === 'exponent') return exponent === 0 ? String(number) : `${number}e${exponent}`;
  return `${number}${suffixFor(DECIMAL, exponent)}`;
}

function suffixFor(suffixes: ReadonlyMap<string, number>, exponent: number): string {
  for (const [suffix, itsExponent] of suffixes) if (itsExponent === exponent) return suffix;
  return '';
}
