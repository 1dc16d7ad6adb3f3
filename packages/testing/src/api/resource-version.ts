import { tooLargeVersion } from '../errors/refusals.ts';
import { badRequest } from '../errors/statuses.ts';

/**
 * Reads the parameter `resourceVersion`. `undefined`: absent or empty; 0: any version will do.
 *
 * @throws StatusError 400 for what is no version, 504 for one that does not exist yet.
 */
export function resourceVersion(options: {
  readonly query: URLSearchParams;
  /** @default any version may be asked for, as by a watch that waits for it */
  readonly current?: number;
}): number | undefined {
  const { query, current = Number.POSITIVE_INFINITY } = options;
  const text = query.get('resourceVersion') ?? '';
  if (text === '') return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badRequest(`Invalid value: "${text}": resourceVersion is no number`);
  const asked = Number(text);
  if (asked > current) throw tooLargeVersion({ asked, current });
  return asked;
}
