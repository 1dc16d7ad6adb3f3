import type { IncomingMessage } from 'node:http';
import { badRequest } from '../../errors/statuses.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import type { ApiContext } from '../api-context.ts';
import { readObject } from './read-object.ts';
import { requireDryRun } from './write-options.ts';

/** What a DELETE says about how to delete. */
export interface DeleteRequestOptions {
  readonly dryRun: boolean;
  readonly graceSeconds: number | undefined;
  /** What happens to the objects that the deleted one owns. */
  readonly propagation: 'Orphan' | 'Background' | 'Foreground';
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
}

/**
 * Reads the `DeleteOptions` in the body, or those in the query.
 *
 * @throws StatusError 400 for values that make no sense, 422 for an unknown `dryRun`.
 */
export async function readDeleteOptions(options: {
  readonly context: ApiContext;
  readonly request: IncomingMessage;
  readonly query: URLSearchParams;
}): Promise<DeleteRequestOptions> {
  const { context, request, query } = options;
  const apiVersion = 'meta.k8s.io/v1';
  const body = await readObject({
    request,
    types: context.types,
    expected: { apiVersion, kind: 'DeleteOptions' },
    anyVersion: true,
  });
  const given = fieldsOf(body);
  const preconditions = fieldsOf(given.preconditions);
  const dryRun = [...textsOf(given.dryRun), ...query.getAll('dryRun')].filter((value) => value !== '');
  requireDryRun(dryRun);
  const orphan = given.orphanDependents ?? query.get('orphanDependents');
  return {
    dryRun: dryRun.length > 0,
    graceSeconds: readGrace(given.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined),
    propagation: readPropagation(given.propagationPolicy ?? query.get('propagationPolicy') ?? undefined, orphan),
    uid: textOf(preconditions.uid),
    resourceVersion: textOf(preconditions.resourceVersion),
  };
}

function readGrace(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  const seconds = Number(value);
  if (!Number.isInteger(seconds) || seconds < 0)
    throw badRequest('gracePeriodSeconds must be a whole number that is not negative');
  return seconds;
}

function readPropagation(value: unknown, orphan: unknown): DeleteRequestOptions['propagation'] {
  if (value === undefined || value === null) return orphan === true || orphan === 'true' ? 'Orphan' : 'Background';
  if (value === 'Orphan' || value === 'Background' || value === 'Foreground') return value;
  throw badRequest(`invalid propagationPolicy: ${JSON.stringify(value)}`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
