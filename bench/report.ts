import type { Limit, Metric } from './measures/measure.ts';
import type { Reading, Results, Row } from './results.ts';

const columns = [
  'measure',
  'unit',
  'kubectl',
  'client-node',
  'kforge',
  'kforge ÷ kubectl',
  'limit',
  'reached',
] as const;

const notes = [
  'Median of the rounds, in which the forwarders alternate on the same pod. MB is 10^6 bytes.',
  'The added round trip does not delay the TCP handshake with the API server, so client-node, which dials for every connection, ' +
    'looks one round trip better than it is.',
];

/** The results as a table: aligned for a terminal, or in Markdown for a README. */
export function renderReport(results: Results, format: 'terminal' | 'markdown'): string {
  const lines = results.rows.map(cells);
  const table = format === 'markdown' ? markdownTable(lines) : alignedTable(lines);
  const versions = Object.entries(results.versions).map(([name, version]) => `${name} ${version}`);
  const bullet = format === 'markdown' ? '* ' : '';
  const about = [`${results.date}: ${results.machine}`, versions.join(', '), ...notes].map(
    (line) => `${bullet}${line}`,
  );
  return [...table, '', ...about].join('\n');
}

function cells(row: Row): string[] {
  const { kubectl, kforge } = row.medians;
  const ratio =
    typeof kubectl === 'number' && typeof kforge === 'number' && row.unit !== 'yes/no' ? kforge / kubectl : NaN;
  return [
    row.label,
    row.unit,
    ...[kubectl, row.medians['client-node'], kforge].map((reading) => formatReading(reading, row)),
    Number.isFinite(ratio) ? `${ratio.toFixed(2)} ×` : '–',
    row.limit === undefined ? '–' : formatLimit(row.limit, row),
    row.limit === undefined ? '–' : formatReached(isReached(row.limit, kforge, kubectl)),
  ];
}

/**
 * Whether kforge keeps the limit; undefined where that cannot be said because a forwarder was not measured.
 * A reading that failed or was given up keeps none.
 */
export function isReached(
  limit: Limit,
  kforge: Reading | undefined,
  kubectl: Reading | undefined,
): boolean | undefined {
  if (kforge === undefined) return undefined;
  if (typeof kforge === 'string') return false;
  let compared = kforge;
  if (limit.of !== 'value') {
    if (typeof kubectl !== 'number') return undefined;
    compared = limit.of === 'ratio' ? kforge / kubectl : kforge - kubectl;
  }
  return limit.bound === 'at most' ? compared <= limit.value : compared >= limit.value;
}

function formatReached(reached: boolean | undefined): string {
  if (reached === undefined) return '–';
  return reached ? 'yes' : 'NO';
}

function formatLimit(limit: Limit, metric: Metric): string {
  if (metric.unit === 'yes/no') return 'yes';
  const sign = limit.bound === 'at most' ? '≤' : '≥';
  if (limit.of === 'ratio') return `${sign} ${limit.value.toFixed(2)} ×`;
  return `${sign} ${limit.of === 'difference' ? 'kubectl + ' : ''}${limit.value} ${metric.unit}`;
}

function formatReading(reading: Reading | undefined, metric: Metric): string {
  if (reading === undefined) return '–';
  if (typeof reading === 'string') return reading;
  if (metric.unit === 'yes/no') return reading === 1 ? 'yes' : 'no';
  if (metric.unit === 'bytes' || Math.abs(reading) >= 100) return reading.toFixed(0);
  return reading.toFixed(Math.abs(reading) >= 10 ? 1 : 2);
}

function alignedTable(lines: readonly string[][]): string[] {
  const all = [[...columns], ...lines];
  const widths = columns.map((_, index) => Math.max(...all.map((line) => line[index]?.length ?? 0)));
  const align = (line: string[]) =>
    line.map((cell, index) => (isFigure(index) ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)));
  return all.map((line) => align(line).join('  ').trimEnd());
}

function markdownTable(lines: readonly string[][]): string[] {
  const rule = columns.map((_, index) => (isFigure(index) ? '---:' : '---'));
  return [[...columns], rule, ...lines].map((line) => `| ${line.join(' | ')} |`);
}

/** The columns from kubectl to the ratio hold figures. */
function isFigure(column: number): boolean {
  return column >= 2 && column <= 5;
}
