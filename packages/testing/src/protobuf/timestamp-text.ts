/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds since 1970: the range that k8s.io/apimachinery states for a Timestamp. */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

/**
 * A time as RFC 3339 text in UTC, as Kubernetes writes it in JSON.
 *
 * @throws RangeError for a time outside of the years 1 to 9999.
 */
export function timestampText({
  seconds,
  microseconds,
}: {
  /** Since 1970. */
  readonly seconds: number;
  /** 0 to 999,999: six digits after the dot; absent: no dot. */
  readonly microseconds?: number;
}): string {
  if (!(seconds >= FIRST_SECOND && seconds <= LAST_SECOND)) throw new RangeError(`the time ${seconds} is out of range`);
  const text = new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length);
  if (microseconds === undefined) return `${text}Z`;
  if (!(microseconds >= 0 && microseconds < 1_000_000))
    throw new RangeError('the fraction of a second is out of range');
  return `${text}.${String(microseconds).padStart(6, '0')}Z`;
}
