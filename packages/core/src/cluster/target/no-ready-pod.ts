import { type NamespaceNotFoundError, NoReadyPodError, TargetNotFoundError } from '../../errors/target-errors.ts';
import { isRunning } from './choose-pod.ts';
import { describePod } from './describe-pod.ts';
import { isNamespaceMissing, namespaceMissing } from './explain-missing.ts';
import type { Pod } from './pod.ts';
import type { TargetRequest } from './target-request.ts';

const MAX_DESCRIBED = 5;

/** The error for a target that has no ready pod, when the time is over: how many are not ready, and why. */
export function noReadyPod(options: {
  /** The beginning of a sentence: `The service "web"`. */
  readonly target: string;
  /** The pods that its selector matches; `undefined` where they are not known. */
  readonly pods: readonly Pod[] | undefined;
  readonly selector: string;
  readonly waitedMs: number;
}): NoReadyPodError {
  const { target, pods, selector, waitedMs } = options;
  const notReady = pods?.filter((pod) => !(isRunning(pod) && pod.isReady));
  const waited = waitedMs > 0 ? ` after ${waitedMs / 1000} s` : '';
  return new NoReadyPodError({
    message: `${target} has no ready pod${waited}: ${reason({ pods, notReady, selector })}`,
    hint: pods?.length === 0 ? 'Is it scaled to 0?' : notReady && explain(notReady),
    notReady: notReady?.length ?? 0,
  });
}

/** The error for a label selector that no pod matches; in a namespace that does not exist, that is the error. */
export async function nothingSelected(
  request: TargetRequest & { readonly selector: string },
): Promise<NamespaceNotFoundError | TargetNotFoundError> {
  const { cluster, namespace, selector } = request;
  if (await isNamespaceMissing(request)) return namespaceMissing({ namespace, context: cluster.context });
  return new TargetNotFoundError({ message: `No pod in namespace "${namespace}" matches the selector "${selector}"` });
}

function reason(options: {
  readonly pods: readonly Pod[] | undefined;
  readonly notReady: readonly Pod[] | undefined;
  readonly selector: string;
}): string {
  const { pods, notReady, selector } = options;
  if (!pods || !notReady) return 'none of its endpoints is ready';
  if (pods.length === 0) return `no pod matches its selector ${selector}`;
  if (notReady.length === 0) return 'its pods are ready, but not yet its endpoints';
  return notReady.length === 1 ? '1 pod is not ready' : `${notReady.length} pods are not ready`;
}

function explain(pods: readonly Pod[]): string | undefined {
  const lines = pods.slice(0, MAX_DESCRIBED).map(describePod);
  const more = pods.length > MAX_DESCRIBED ? [`… and ${pods.length - MAX_DESCRIBED} more`] : [];
  const running = pods.find(isRunning);
  const byName = running ? [`A pod that is not ready can be named itself: pod/${running.name}`] : [];
  return lines.length === 0 ? undefined : [...lines, ...more, ...byName].join('\n');
}
