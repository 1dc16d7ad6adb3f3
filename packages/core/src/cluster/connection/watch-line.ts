import { ApiResponseInvalidError } from '../../errors/cluster-errors.ts';
import type { WatchEvent } from '../cluster.ts';
import { isRecord } from '../fields.ts';
import { apiError } from './map-api-error.ts';
import { statusOf } from './parse-status.ts';

const TYPES: readonly unknown[] = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK'];

/**
 * Reads one line of a watch. The object in it is unchecked.
 *
 * @throws {ApiError} when the line reports an error, for instance that the version is too old (410)
 * @throws {ApiResponseInvalidError} when it is no line of a watch
 */
export function parseWatchLine<T>(line: string): WatchEvent<T> {
  const event = parseJson(line);
  if (!isRecord(event) || !isRecord(event.object)) throw invalid();
  if (event.type === 'ERROR') {
    const status = statusOf(event.object);
    if (status === undefined) throw invalid();
    throw apiError({ status: status.code ?? 500, object: status });
  }
  if (!TYPES.includes(event.type)) throw invalid();
  return event as unknown as WatchEvent<T>;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined; // the parser's message would quote the line
  }
}

function invalid(): ApiResponseInvalidError {
  return new ApiResponseInvalidError({ message: 'A line of the watch is no event of the Kubernetes API' });
}
