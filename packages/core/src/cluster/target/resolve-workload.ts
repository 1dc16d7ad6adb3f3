import { ApiResponseInvalidError } from '../../errors/cluster-errors.ts';
import type { TargetKind } from '../../model/target.ts';
import { apiPath } from '../api-path.ts';
import { fieldsOf } from '../fields.ts';
import { explainMissing, isNotFound } from './explain-missing.ts';
import { labelSelector } from './label-selector.ts';
import { newestRevision } from './newest-revision.ts';
import { noReadyPod } from './no-ready-pod.ts';
import { podPorts } from './pod-ports.ts';
import { selectPod } from './resolve-selector.ts';
import type { ChosenPod, TargetRequest } from './target-request.ts';

/** The kinds that make pods by a selector of their own. */
export type WorkloadKind = Exclude<TargetKind, 'pod' | 'service'>;

const COLLECTIONS: Readonly<Record<WorkloadKind, (namespace: string) => string>> = {
  deployment: (namespace) => apiPath`/apis/apps/v1/namespaces/${namespace}/deployments`,
  statefulset: (namespace) => apiPath`/apis/apps/v1/namespaces/${namespace}/statefulsets`,
  daemonset: (namespace) => apiPath`/apis/apps/v1/namespaces/${namespace}/daemonsets`,
  replicaset: (namespace) => apiPath`/apis/apps/v1/namespaces/${namespace}/replicasets`,
  job: (namespace) => apiPath`/apis/batch/v1/namespaces/${namespace}/jobs`,
};

/**
 * Resolves a workload to one of its ready pods; of a deployment in the middle of an update, to one of the newest revision that is ready.
 */
export async function resolveWorkload(
  request: TargetRequest & { readonly kind: WorkloadKind; readonly name: string },
): Promise<ChosenPod> {
  const { cluster, namespace, kind, name, podRunningTimeoutMs: waitedMs } = request;
  const collection = COLLECTIONS[kind](namespace);
  const workload = fieldsOf(await getWorkload({ ...request, collection }));
  const selector = labelSelector(fieldsOf(workload.spec).selector);
  if (selector === '') {
    throw new ApiResponseInvalidError({ message: `The ${kind} "${name}" selects no pods in particular` });
  }
  const pod = await selectPod({
    ...request,
    selector,
    prefer:
      kind === 'deployment'
        ? (ready, signal) => newestRevision({ cluster, namespace, selector, ready, signal })
        : undefined,
    onTimeout: async (pods) => noReadyPod({ target: `The ${kind} "${name}"`, pods, waitedMs, selector }),
  });
  return { pod, ports: podPorts({ pod, ports: request.ports }) };
}

async function getWorkload(
  request: TargetRequest & { readonly kind: WorkloadKind; readonly name: string; readonly collection: string },
): Promise<unknown> {
  const { cluster, collection, name, signal } = request;
  try {
    return await cluster.request({ path: collection + apiPath`/${name}`, signal });
  } catch (error) {
    throw isNotFound(error) ? await explainMissing({ ...request, cause: error }) : error;
  }
}
