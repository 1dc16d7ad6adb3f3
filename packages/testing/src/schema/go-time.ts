import type { Reading } from './reading.ts';

/** RFC 3339, as Go names the layout of a time. */
const LAYOUT = '2006-01-02T15:04:05Z07:00';
/** The same with microseconds, which are then a must. */
const MICRO_LAYOUT = '2006-01-02T15:04:05.000000Z07:00';
const CANONICAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?Z$/;

/** The parts of a time in their order: what Go calls each, how it looks, and the range it has a name for. */
const PARTS: readonly (readonly [layout: string, form: RegExp, range?: readonly [string, number, number]])[] = [
  ['2006', /^\d{4}/],
  ['-', /^-/],
  ['01', /^\d\d/, ['month', 1, 12]],
  ['-', /^-/],
  ['02', /^\d\d/],
  ['T', /^T/],
  ['15', /^\d\d?/, ['hour', 0, 23]],
  [':', /^:/],
  ['04', /^\d\d/, ['minute', 0, 59]],
  [':', /^:/],
  ['05', /^\d\d/, ['second', 0, 59]],
];

/**
 * Reads a time as `time.Parse` of Go does, in the layout of `meta.v1.Time` or `meta.v1.MicroTime`, and writes it in UTC as Kubernetes
 * does: to the second, or with six digits after the dot.
 */
export function readTime({ text, isMicro }: { readonly text: string; readonly isMicro: boolean }): Reading {
  const layout = isMicro ? MICRO_LAYOUT : LAYOUT;
  const refused = (why: string) => ({ problem: `parsing time ${quoted(text)}${why}` });
  const unread = (rest: string, part: string) =>
    refused(` as "${layout}": cannot parse ${quoted(rest)} as ${quoted(part)}`);
  let [rest, civil] = [text, ''];
  for (const [part, form, range] of PARTS) {
    const match = form.exec(rest)?.[0];
    if (match === undefined) return unread(rest, part);
    if (range !== undefined) {
      const [name, least, most] = range;
      if (Number(match) < least || Number(match) > most) return refused(`: ${name} out of range`);
    }
    rest = rest.slice(match.length);
    civil += range === undefined ? match : match.padStart(2, '0');
  }
  const fraction = (isMicro ? /^[.,]\d{6}/ : /^[.,]\d+/).exec(rest)?.[0] ?? '';
  if (isMicro && fraction === '') return unread(rest, '.000000');
  rest = rest.slice(fraction.length);
  const zone = /^(?:Z|([+-])(\d\d):(\d\d))/.exec(rest);
  if (zone === null) return unread(rest, 'Z07:00');
  const [whole, sign, hours = '0', minutes = '0'] = zone;
  if (Number(hours) > 24) return refused(': time zone offset hour out of range');
  if (Number(minutes) > 60) return refused(': time zone offset minute out of range');
  rest = rest.slice(whole.length);
  if (rest !== '') return refused(`: extra text: ${quoted(rest)}`);
  if (!isDay(civil)) return refused(': day out of range');
  if (CANONICAL.test(text) && (fraction !== '') === isMicro) return { value: text };
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return { value: inUtc({ civil, offset, fraction: isMicro ? `.${fraction.slice(1)}` : '' }) };
}

/** Whether the month has the day; the months are right already. */
function isDay(civil: string): boolean {
  const [year, month, day] = [civil.slice(0, 4), civil.slice(5, 7), civil.slice(8, 10)].map(Number);
  const days = new Date(0);
  days.setUTCFullYear(year ?? 0, month ?? 1, 0);
  return day !== undefined && day >= 1 && day <= days.getUTCDate();
}

function inUtc(time: { readonly civil: string; readonly offset: number; readonly fraction: string }): string {
  const date = new Date(`${time.civil}Z`);
  date.setUTCMinutes(date.getUTCMinutes() - time.offset);
  return `${date.toISOString().slice(0, -'.000Z'.length)}${time.fraction}Z`;
}

function quoted(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go.
  const escaped = bytes.replace(/["\\\x00-\x1f\x80-\xff]/g, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}
