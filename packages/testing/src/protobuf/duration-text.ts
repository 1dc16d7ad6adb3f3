const NANOSECONDS = { hour: 3_600_000_000_000n, minute: 60_000_000_000n, second: 1_000_000_000n } as const;

/** A duration as Go writes it: `1h0m0.5s`, `1.5ms`, `0s`. */
export function durationText(nanoseconds: bigint): string {
  if (nanoseconds < 0n) return `-${durationText(-nanoseconds)}`;
  if (nanoseconds === 0n) return '0s';
  if (nanoseconds < 1000n) return `${nanoseconds}ns`;
  if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 3)}µs`;
  if (nanoseconds < NANOSECONDS.second) return `${decimal(nanoseconds, 6)}ms`;
  const hours = nanoseconds / NANOSECONDS.hour;
  const minutes = (nanoseconds % NANOSECONDS.hour) / NANOSECONDS.minute;
  const seconds = `${decimal(nanoseconds % NANOSECONDS.minute, 9)}s`;
  if (hours > 0n) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0n ? `${minutes}m${seconds}` : seconds;
}

/** `value` divided by ten to the power of `digits`, without zeros at the end. */
function decimal(value: bigint, digits: number): string {
  const text = String(value).padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return `${text.slice(0, -digits)}${fraction === '' ? '' : `.${fraction}`}`;
}
