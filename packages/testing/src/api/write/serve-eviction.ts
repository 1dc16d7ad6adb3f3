import { shareOf } from '../../controllers/deployment-spec.ts';
import { readSelector } from '../../controllers/object-selector.ts';
import { StatusError } from '../../errors/status-error.ts';
import { badRequest, notFound } from '../../errors/statuses.ts';
import { sendJson } from '../../http/send.ts';
import { fieldsOf } from '../../objects/defaults/fields.ts';
import { deleteObject } from '../../objects/delete-object.ts';
import { isReady } from '../../objects/pod-object.ts';
import { builtInKind } from '../../state/built-in-kinds.ts';
import type { KubernetesObject, PodObject } from '../../state/kubernetes-object.ts';
import { parseDeleteOptions } from './delete-options.ts';
import { readMetadata } from './read-metadata.ts';
import { readObject } from './read-object.ts';
import { requirePreconditions } from './serve-delete.ts';
import type { NamedWriteRequest } from './write-request.ts';

const EVICTION = { apiVersion: 'policy/v1', kind: 'Eviction' };

/**
 * Answers a POST of `pods/…/eviction`, as `kubectl drain` sends it: deletes the pod, unless a PodDisruptionBudget stands against it.
 *
 * @throws StatusError 404, 429 while a budget is used up, 400, 413, 415.
 */
export async function serveEviction(write: NamedWriteRequest): Promise<void> {
  const { context, kind, namespace, name, query, request, response } = write;
  const { store, clock } = context;
  const body = await readObject({ request, types: context.types, expected: EVICTION });
  const options = parseDeleteOptions(fieldsOf(fieldsOf(body).deleteOptions), query);
  const named = readMetadata(fieldsOf(body).metadata).name;
  if (named !== undefined && named !== '' && named !== name) {
    throw badRequest('name in URL does not match name in Eviction object');
  }
  const key = { kind, namespace, name };
  const pod = store.get(key) as PodObject | undefined;
  if (!pod) throw notFound({ ...kind, name });
  requirePreconditions(write, pod, options);
  requireBudget(write, pod);
  const { dryRun, graceSeconds } = options;
  if (!dryRun) deleteObject({ store, clock, key, graceSeconds });
  sendJson(response, {
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
    status: 201,
  });
}

function requireBudget({ context, namespace }: NamedWriteRequest, pod: PodObject): void {
  const { store } = context;
  // What does not run is no loss.
  if (pod.metadata.deletionTimestamp !== undefined || pod.status.phase !== 'Running') return;
  const pods = store.list({ kind: builtInKind('Pod'), namespace }) as readonly PodObject[];
  for (const budget of store.list({ kind: builtInKind('PodDisruptionBudget'), namespace })) {
    // Here an empty selector selects every pod.
    const selects = readSelector(fieldsOf(budget.spec).selector) ?? (() => true);
    if (!selects(pod.metadata.labels)) continue;
    const covered = pods.filter(({ metadata }) => selects(metadata.labels));
    const healthy = covered.filter((each) => isReady(each) && each.metadata.deletionTimestamp === undefined).length;
    const needed = neededPods(budget, covered.length);
    if (healthy - 1 < needed) throw overBudget({ budget, healthy, needed });
  }
}

/** How many of the pods must be healthy. */
function neededPods({ spec }: KubernetesObject, total: number): number {
  const { minAvailable, maxUnavailable } = fieldsOf(spec);
  if (maxUnavailable !== undefined) return total - shareOf(maxUnavailable, total, Math.ceil);
  return minAvailable === undefined ? 0 : shareOf(minAvailable, total, Math.ceil);
}

function overBudget(options: { budget: KubernetesObject; healthy: number; needed: number }): StatusError {
  const { budget, healthy, needed } = options;
  const { name } = budget.metadata;
  return new StatusError({
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        {
          reason: 'DisruptionBudget',
          message: `The disruption budget ${name} needs ${needed} healthy pods and has ${healthy} currently`,
          field: '',
        },
      ],
    },
  });
}
