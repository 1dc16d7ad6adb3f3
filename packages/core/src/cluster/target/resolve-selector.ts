import { apiPath } from '../api-path.ts';
import { readyPods } from './choose-pod.ts';
import { followList } from './follow-list.ts';
import { noReadyPod, nothingSelected } from './no-ready-pod.ts';
import { type Pod, parsePod } from './pod.ts';
import { podPorts } from './pod-ports.ts';
import type { ChosenPod, TargetRequest } from './target-request.ts';
import { waitFor } from './wait-for.ts';

/** Waits until a label selector matches a ready pod, and takes the best of them. */
export async function selectPod(
  request: TargetRequest & {
    readonly selector: string;
    /** Chooses among pods that are ready, newest first. @default the newest */
    readonly prefer?: ((ready: readonly Pod[], signal: AbortSignal) => Promise<Pod | undefined>) | undefined;
    /** Makes the error when the time is over. */
    readonly onTimeout: (pods: readonly Pod[]) => Promise<Error>;
  },
): Promise<Pod> {
  const { cluster, namespace, selector, podRunningTimeoutMs: timeoutMs, signal, onTimeout } = request;
  const path = apiPath`/api/v1/namespaces/${namespace}/pods`;
  return waitFor({
    follow: (followSignal) => followList({ cluster, path, query: { labelSelector: selector }, signal: followSignal }),
    pick: async (objects, pickSignal) => {
      const ready = readyPods(objects.map(parsePod));
      return ready.length > 1 && request.prefer ? request.prefer(ready, pickSignal) : ready[0];
    },
    timeoutMs,
    signal,
    onTimeout: (objects) => onTimeout(objects.map(parsePod)),
  });
}

/** Resolves a label selector to a ready pod. */
export async function resolveSelector(request: TargetRequest & { readonly selector: string }): Promise<ChosenPod> {
  const { selector, podRunningTimeoutMs: waitedMs } = request;
  const pod = await selectPod({
    ...request,
    onTimeout: async (pods) =>
      pods.length === 0
        ? nothingSelected(request)
        : noReadyPod({ target: `The selector "${selector}"`, pods, waitedMs, selector }),
  });
  return { pod, ports: podPorts({ pod, ports: request.ports }) };
}
