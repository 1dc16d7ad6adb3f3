/** What stands for a random letter in names that Kubernetes makes up. */
const RANDOM = '[bcdfghjklmnpqrstvwxz2456789]';

const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UID'],
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d| [+-]\d{4} UTC)/g, 'TIME'],
  [/\b\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, 'TIME'],
  [/\b\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d( \w+)? \d{4}/g, 'TIME'],
  [/https:\/\/127\.0\.0\.1:\d+/g, 'SERVER'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, 'IP'],
  [/(?<=resourceVersion: )"\d+"/g, '"VERSION"'],
  // Only clusters without a DNS service say it, and then of every pod.
  [/^.*MissingClusterDNS.*\n?/gm, ''],
  // A client whose own time limit cuts its watch says so in several ways or not at all.
  [/^[EWI]\d{4} .*\breflector\.go.*\n?/gm, ''],
  [/^[EWI]\d{4} [\d:.]+ +\d+ /gm, 'KLOG '],
  [new RegExp(`(?<=[a-z0-9])-${RANDOM}{6,10}-${RANDOM}{5}\\b`, 'g'), '-HASH-SUFFIX'],
  [new RegExp(`(?<=[a-z0-9])-${RANDOM}{6,10}\\b`, 'g'), '-HASH'],
  [new RegExp(`(?<=[a-z0-9])-${RANDOM}{5}\\b`, 'g'), '-SUFFIX'],
  [/(?<=[\s(])(\d+d)?(\d+h)?(\d+m)?(\d+(\.\d+)?m?s)?(?<=[\dsmhd][smhd]|\d[dhms])(?=[\s,)]|$)/gm, 'AGE'],
  [/(?<=\S) {2,}(?=\S)/g, '  '],
  [/ +$/gm, ''],
];

/**
 * Replaces in some output what differs from run to run: ages, times, UIDs, addresses and random names, and what the
 * caller names. Cells of a table are two spaces apart, whatever their widths.
 *
 * @param known text to what stands for it, such as the name of a namespace of the test.
 */
export function normalise(output: string, known: Readonly<Record<string, string>> = {}): string {
  let result = output;
  for (const [text, word] of Object.entries(known)) result = result.replaceAll(text, word);
  for (const [pattern, word] of REPLACEMENTS) result = result.replace(pattern, word);
  return result;
}

/** The lines of `kubectl describe` and the like that begin with one of the labels, with one space in place of many. */
export function linesOf(output: string, ...labels: readonly string[]): string[] {
  const lines = output.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  return lines.filter((line) => labels.some((label) => line.startsWith(label)));
}
