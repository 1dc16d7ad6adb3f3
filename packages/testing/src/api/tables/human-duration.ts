const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/**
 * A duration as in kubectl's AGE column: `45s`, `5m30s`, `3h20m`, `2d4h`, `120d`, `2y30d`.
 * One that is negative by two seconds or more, beyond what clocks differ by, is `<invalid>`.
 */
export function humanDuration(durationMs: number): string {
  if (durationMs <= -2 * SECOND) return '<invalid>';
  const ms = Math.max(0, durationMs);
  if (ms < 2 * MINUTE) return `${Math.floor(ms / SECOND)}s`;
  if (ms < 10 * MINUTE) return pair({ ms, unit: MINUTE, letter: 'm', smaller: SECOND, smallerLetter: 's' });
  if (ms < 3 * HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < 8 * HOUR) return pair({ ms, unit: HOUR, letter: 'h', smaller: MINUTE, smallerLetter: 'm' });
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)}h`;
  if (ms < 8 * DAY) return pair({ ms, unit: DAY, letter: 'd', smaller: HOUR, smallerLetter: 'h' });
  if (ms < 2 * YEAR) return `${Math.floor(ms / DAY)}d`;
  if (ms < 8 * YEAR) return pair({ ms, unit: YEAR, letter: 'y', smaller: DAY, smallerLetter: 'd' });
  return `${Math.floor(ms / YEAR)}y`;
}

function pair(parts: { ms: number; unit: number; letter: string; smaller: number; smallerLetter: string }): string {
  const { ms, unit, letter, smaller, smallerLetter } = parts;
  const rest = Math.floor((ms % unit) / smaller);
  return `${Math.floor(ms / unit)}${letter}${rest === 0 ? '' : `${rest}${smallerLetter}`}`;
}

/** The time since a timestamp, or `<unknown>` where there is none. */
export function age(timestamp: unknown, now: number): string {
  const then = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(then) ? '<unknown>' : humanDuration(now - then);
}
