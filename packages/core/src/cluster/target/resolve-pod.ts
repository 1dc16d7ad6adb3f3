import { apiPath } from '../api-path.ts';
import { isRunning } from './choose-pod.ts';
import { podNotRunning } from './describe-pod.ts';
import { explainMissing, isNotFound } from './explain-missing.ts';
import { followList } from './follow-list.ts';
import { type Pod, parsePod } from './pod.ts';
import { podPorts } from './pod-ports.ts';
import type { ChosenPod, TargetRequest } from './target-request.ts';
import { waitFor } from './wait-for.ts';

/** Resolves a pod that is named: it must run, or begin to within the time. A role that may only `get` pods is enough when it runs. */
export async function resolvePod(request: TargetRequest & { readonly name: string }): Promise<ChosenPod> {
  const pod = await runningPod(request);
  return { pod, ports: podPorts({ pod, ports: request.ports }) };
}

async function runningPod(request: TargetRequest & { readonly name: string }): Promise<Pod> {
  const { cluster, namespace, name, podRunningTimeoutMs, signal } = request;
  const collection = apiPath`/api/v1/namespaces/${namespace}/pods`;
  const found = parsePod(await getPod({ ...request, collection }));
  if (isRunning(found)) return found;
  if (podRunningTimeoutMs === 0 || !mayYetRun(found)) throw podNotRunning(found);

  let last = found;
  const query = { fieldSelector: `metadata.name=${name}` };
  return waitFor({
    follow: (followSignal) => followList({ cluster, path: collection, query, signal: followSignal }),
    pick: async ([object]) => {
      if (object !== undefined) last = parsePod(object);
      if (!mayYetRun(last) && !isRunning(last)) throw podNotRunning(last);
      return object !== undefined && isRunning(last) ? last : undefined;
    },
    timeoutMs: podRunningTimeoutMs,
    signal,
    onTimeout: async () => podNotRunning(last),
  });
}

async function getPod(
  request: TargetRequest & { readonly name: string; readonly collection: string },
): Promise<unknown> {
  const { cluster, collection, name, signal } = request;
  try {
    return await cluster.request({ path: collection + apiPath`/${name}`, signal });
  } catch (error) {
    throw isNotFound(error) ? await explainMissing({ ...request, kind: 'pod', cause: error }) : error;
  }
}

/** A pod that is over or on its way out does not come back under its name, but for those of a StatefulSet. */
function mayYetRun(pod: Pod): boolean {
  if (pod.controller?.kind === 'StatefulSet') return true;
  return !pod.isTerminating && pod.phase !== 'Succeeded' && pod.phase !== 'Failed';
}
