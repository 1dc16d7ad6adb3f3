import { forbiddenField, invalid, invalidValue } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import type { PodLogOptions } from './open-pod-log.ts';

/** RFC 3339, as the API reads times. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads the query of a request for a log.
 *
 * @param options `nowMs`: the time of the cluster, which `sinceSeconds` counts back from.
 * @throws StatusError 400 for what is no number or time, 422 for what cannot be.
 */
export function parseLogQuery(options: {
  readonly query: URLSearchParams;
  readonly podName: string;
  readonly nowMs: number;
}): Omit<PodLogOptions, 'signal'> {
  const { query, podName, nowMs } = options;
  const flag = (name: string) => query.has(name) && !/^(false|0)$/i.test(query.get(name) ?? '');
  const [tailLines, sinceSeconds] = [wholeNumber(query.get('tailLines')), wholeNumber(query.get('sinceSeconds'))];
  const limitBytes = wholeNumber(query.get('limitBytes'));
  const sinceTime = query.get('sinceTime');
  const sinceTimeMs = sinceTime === null ? undefined : parseTime(sinceTime);
  const causes: StatusCause[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    causes.push(invalidValue('tailLines', tailLines, 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && limitBytes < 1) {
    causes.push(invalidValue('limitBytes', limitBytes, 'must be greater than 0'));
  }
  if (sinceSeconds !== undefined && sinceTimeMs !== undefined) {
    causes.push(forbiddenField('[]', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    causes.push(invalidValue('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  }
  if (causes.length > 0) throw invalid({ kind: 'PodLogOptions', group: '', name: podName, causes });
  return {
    container: query.get('container') ?? undefined,
    follow: flag('follow'),
    previous: flag('previous'),
    timestamps: flag('timestamps'),
    tailLines,
    limitBytes,
    sinceMs: sinceSeconds === undefined ? sinceTimeMs : nowMs - sinceSeconds * 1000,
  };
}

function wholeNumber(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^[+-]?\d{1,15}$/.test(text))
    throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

function parseTime(text: string): number {
  const ms = TIME.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  throw badRequest(
    `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`,
  );
}
