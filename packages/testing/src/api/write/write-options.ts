import type { IncomingMessage } from 'node:http';
import { invalid } from '../../errors/invalid.ts';
import { badRequest } from '../../errors/statuses.ts';

/** The longest name of a field manager, in characters. */
const MAX_MANAGER_LENGTH = 128;

/** What the query of a writing request says about how to write. */
export interface WriteOptions {
  /** Nothing is kept; the answer says what would have been. */
  readonly dryRun: boolean;
  /** Who sets the fields. */
  readonly fieldManager: string;
  /** What happens to fields that the kind does not have. */
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
}

/**
 * Reads `dryRun`, `fieldManager` and `fieldValidation`. Without a manager the program that asks is one, by its `User-Agent`.
 *
 * @throws StatusError 422 for an unknown `dryRun`, 400 for the others.
 */
export function writeOptions({ query, request }: { query: URLSearchParams; request: IncomingMessage }): WriteOptions {
  const dryRun = query.getAll('dryRun').filter((value) => value !== '');
  requireDryRun(dryRun);
  const fieldValidation = query.get('fieldValidation') || 'Warn';
  if (fieldValidation !== 'Ignore' && fieldValidation !== 'Warn' && fieldValidation !== 'Strict') {
    throw badRequest(`fieldValidation: Unsupported value: "${fieldValidation}"`);
  }
  const fieldManager = query.get('fieldManager') ?? '';
  if (fieldManager.length > MAX_MANAGER_LENGTH)
    throw badRequest('fieldManager: Too long: may not be more than 128 bytes');
  return { dryRun: dryRun.length > 0, fieldManager: fieldManager || programOf(request), fieldValidation };
}

/** @throws StatusError 422 for anything but `All`. */
export function requireDryRun(values: readonly string[]): void {
  if (values.every((value) => value === 'All')) return;
  const detail = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
  throw invalid({
    kind: 'CreateOptions',
    group: 'meta.k8s.io',
    name: '',
    causes: [{ reason: 'FieldValueNotSupported', message: detail, field: 'dryRun' }],
  });
}

function programOf(request: IncomingMessage): string {
  const agent = request.headers['user-agent'] ?? '';
  const [program = ''] = agent.split('/');
  return program.slice(0, MAX_MANAGER_LENGTH) || 'unknown';
}
