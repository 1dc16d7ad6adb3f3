import { badRequest } from '../errors/statuses.ts';

const DEEPEST = 1000;

/**
 * Refuses a value that is nested more than 1000 levels deep: patches are walked by recursion.
 *
 * @throws StatusError 400 when it is deeper
 */
export function requireShallow(value: unknown): void {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw badRequest('json: exceeded max depth');
    level = level.flatMap((item): readonly unknown[] =>
      typeof item === 'object' && item !== null ? Object.values(item) : [],
    );
  }
}
