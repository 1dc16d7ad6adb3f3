import { isIP, isIPv4, isIPv6 } from 'node:net';

type Format = RegExp | ((text: string) => boolean);

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:[.,]\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * The formats of strings that API servers check. Of `isbn`, `creditcard` and the like nothing is checked here. The real server takes more
 * ways to write a date or a duration than these.
 */
export const FORMATS: Readonly<Record<string, Format>> = {
  bsonobjectid: /^[0-9a-f]{24}$/i,
  // Needs a scheme or an absolute path.
  uri: /^(?:[a-z][a-z0-9+.-]*:|\/)[^\s\p{Cc}]*$/iu,
  email: /^(?:[^<>]*<)?[^\s@<>,;]+@[^\s@<>,;]+>?$/,
  hostname:
    /^(?=.{1,255}$)[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)*\.?$/u,
  ipv4: isIPv4,
  ipv6: isIPv6,
  cidr: isCidr,
  mac: /^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4,6}[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2,3}[0-9a-f]{4}$/i,
  uuid: UUID,
  uuid3: /^[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  uuid4: /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i,
  uuid5: /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}$/i,
  hexcolor: /^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i,
  byte: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  date: isDate,
  'date-time': isDateTime,
  datetime: isDateTime,
  duration: isDuration,
};

function isCidr(text: string): boolean {
  const [address = '', length = '', ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(length) && Number(length) <= bits;
}

function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isDateTime(text: string): boolean {
  const [, date] = DATE_TIME.exec(text) ?? [];
  return date !== undefined && isDate(date);
}

/** As Go writes it (`1h30m`), or a number with a word (`3 days`). */
function isDuration(text: string): boolean {
  if (text === '0') return true;
  if (/^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/u.test(text)) return true;
  return /^\d+\s*(?:ns|nanos?|us|micros?|ms|millis?|s|secs?|seconds?|m|mins?|minutes?|h|hr|hours?|d|days?|w|wks?|weeks?)$/i.test(
    text,
  );
}
