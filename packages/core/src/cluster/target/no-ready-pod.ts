import { NoReadyPodError, TargetNotFoundError } from '../../errors/target-errors.ts';
import { describePod } from './describe-pod.ts';
import { isNamespaceMissing, namespaceMissing } from './explain-missing.ts';
import type { Pod } from './pod.ts';
import type { TargetRequest } from './target-request.ts';

const MAX_DESCRIBED = 5;

/** The error for a target that has no ready pod, when the time is over: how many are not ready, and why. */
export function noReadyPod(options: {
  /** The target as a person writes it. */
  readonly target: string;
  readonly pods: readonly Pod[];
  readonly waitedMs: number;
}): NoReadyPodError {
  const { target, pods, waitedMs } = options;
  const waited = waitedMs > 0 ? ` after ${waitedMs / 1000} s` : '';
  const count = pods.length === 1 ? '1 pod is not ready' : `${pods.length} pods are not ready`;
  return new NoReadyPodError({
    message: `${target} has no ready pod${waited}: ${pods.length === 0 ? 'it has no pods at all' : count}`,
    hint: pods.length === 0 ? 'Is it scaled to 0?' : explain(pods),
    notReady: pods.length,
  });
}

/** The error for a label selector that no pod matches; in a namespace that does not exist, that is the error. */
export async function nothingSelected(
  request: TargetRequest & { readonly selector: string },
): Promise<TargetNotFoundError | Error> {
  const { cluster, namespace, selector } = request;
  if (await isNamespaceMissing(request)) return namespaceMissing({ namespace, context: cluster.context });
  return new TargetNotFoundError({ message: `No pod in namespace "${namespace}" matches the selector "${selector}"` });
}

function explain(pods: readonly Pod[]): string {
  const lines = pods.slice(0, MAX_DESCRIBED).map(describePod);
  const more = pods.length > MAX_DESCRIBED ? [`… and ${pods.length - MAX_DESCRIBED} more`] : [];
  const running = pods.find((pod) => pod.phase === 'Running' && !pod.isTerminating);
  const byName = running ? [`A pod that is not ready can be named itself: pod/${running.name}`] : [];
  return [...lines, ...more, ...byName].join('\n');
}
