/**
 * The value below which the given share of the samples lies, by nearest rank. NaN when there are none.
 * @param share between 0 and 1: 0.5 is the median of many samples, 0.99 the 99th percentile
 */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle reading of a few rounds, the mean of the two middle ones when their number is even; readings that failed (NaN) do not count. */
export function median(readings: readonly number[]): number {
  const sorted = readings.filter((reading) => !Number.isNaN(reading)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
