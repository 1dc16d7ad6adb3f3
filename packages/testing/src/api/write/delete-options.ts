import type { IncomingMessage } from 'node:http';
import type { Fields } from '../../documents/fields.ts';
import { badRequest } from '../../errors/statuses.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import type { ApiContext } from '../api-context.ts';
import { readObject } from './read-object.ts';
import { requireDryRun } from './write-options.ts';

/** The longest grace, in seconds: a hundred years. */
const MAX_GRACE_SECONDS = 100 * 365 * 24 * 3600;

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
  return parseDeleteOptions(fieldsOf(body), query);
}

/** Reads `DeleteOptions`; what they leave out may stand in the query. @throws StatusError 400, 422. */
export function parseDeleteOptions(given: Fields, query: URLSearchParams): DeleteRequestOptions {
  const preconditions = fieldsOf(given.preconditions);
  const dryRun = [...textsOf(given.dryRun), ...query.getAll('dryRun')].filter((value) => value !== '');
  requireDryRun(dryRun);
  const orphan = given.orphanDependents ?? query.get('orphanDependents');
  return {
    dryRun: dryRun.length > 0,
    graceSeconds: readGrace(given.gracePeriodSeconds ?? numberOf(query.get('gracePeriodSeconds'))),
    propagation: readPropagation(given.propagationPolicy ?? query.get('propagationPolicy') ?? undefined, orphan),
    uid: readText(preconditions.uid, 'preconditions.uid'),
    resourceVersion: readText(preconditions.resourceVersion, 'preconditions.resourceVersion'),
  };
}

/** A negative one counts as 1. */
function readGrace(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw badRequest(`invalid gracePeriodSeconds: ${JSON.stringify(value)}`);
  }
  return value < 0 ? 1 : Math.min(value, MAX_GRACE_SECONDS);
}

/** The number that a text is, the text itself when it is none. */
function numberOf(text: string | null): unknown {
  return text !== null && /^-?\d{1,10}$/.test(text) ? Number(text) : text;
}

function readPropagation(value: unknown, orphan: unknown): DeleteRequestOptions['propagation'] {
  if (value === undefined || value === null) return orphan === true || orphan === 'true' ? 'Orphan' : 'Background';
  if (value === 'Orphan' || value === 'Background' || value === 'Foreground') return value;
  throw badRequest(`invalid propagationPolicy: ${JSON.stringify(value)}`);
}

function readText(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw badRequest(`invalid ${field}: ${JSON.stringify(value)}`);
  return value;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];
}
