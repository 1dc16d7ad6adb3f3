import { OptionsError } from '../errors/options-error.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import type { RemotePort, ResolvedTarget, Target } from '../model/target.ts';
import type { Cluster } from './cluster.ts';
import { checkContainer } from './target/pod-ports.ts';
import { resolvePod } from './target/resolve-pod.ts';
import { resolveSelector } from './target/resolve-selector.ts';
import { resolveService } from './target/resolve-service.ts';
import { resolveWorkload } from './target/resolve-workload.ts';
import type { ChosenPod } from './target/target-request.ts';
import { nameProblem, namespaceProblem, portProblem } from './validate-name.ts';

/** What is to be resolved, and how long a pod may take to be usable. */
export interface ResolveTargetOptions extends AbortOptions {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly target: Target;
  readonly ports: readonly RemotePort[];
  /** A container that must exist in the pod and declare every port. */
  readonly containerName?: string | undefined;
  /** How long to wait for a pod that can be used, in milliseconds; 0 does not wait. */
  readonly podRunningTimeoutMs: number;
}

const MAX_SELECTOR_LENGTH = 4096;

/**
 * Finds the pod that a target leads to now, and the number of each port inside it. A pod by name must run; behind every other target the
 * pod must be ready. While there is none, changes are watched until the time is over.
 *
 * @throws {OptionsError} when names or ports cannot be any
 * @throws {TargetNotFoundError} or {@link NamespaceNotFoundError} when there is no such object, or a selector matches nothing
 * @throws {PodNotRunningError} or {@link NoReadyPodError} when no pod can be used in time
 * @throws {PortNotDeclaredError}, {@link PortNotTcpError} or {@link ContainerNotFoundError} when the port leads nowhere
 * @throws {ServiceWithoutSelectorError} for a service without pods
 * @throws {ForbiddenError} when the role may not read what is needed
 */
export async function resolveTarget(options: ResolveTargetOptions): Promise<ResolvedTarget> {
  validate(options);
  const { containerName } = options;
  const { pod, ports } = await choosePod(options);
  if (containerName !== undefined) checkContainer({ pod, containerName, ports: ports.map((port) => port.podPort) });
  return { pod: { name: pod.name, namespace: options.namespace, uid: pod.uid }, ports };
}

function choosePod(options: ResolveTargetOptions): Promise<ChosenPod> {
  const { target } = options;
  switch (target.kind) {
    case 'pod':
      return resolvePod({ ...options, name: target.name });
    case 'service':
      return resolveService({ ...options, name: target.name });
    case 'selector':
      return resolveSelector({ ...options, selector: target.selector });
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
    case 'replicaset':
    case 'job':
      return resolveWorkload({ ...options, kind: target.kind, name: target.name });
  }
}

function validate(options: ResolveTargetOptions): void {
  const { target, namespace, ports, containerName } = options;
  const found = [
    ['namespace', namespaceProblem(namespace)],
    target.kind === 'selector'
      ? ['target.selector', selectorProblem(target.selector)]
      : ['target.name', nameProblem({ what: `name of the ${target.kind}`, name: target.name })],
    ...ports.map((port, index) => [`ports[${index}]`, portProblem(port)]),
    [
      'containerName',
      containerName === undefined ? undefined : nameProblem({ what: 'container', name: containerName }),
    ],
  ] as const;
  const problems = found.flatMap(([path = '', message]) => (message === undefined ? [] : [{ path, message }]));
  if (problems.length > 0) throw new OptionsError({ problems });
}

function selectorProblem(selector: string): string | undefined {
  if (selector.trim() === '') return 'The label selector is empty';
  return selector.length > MAX_SELECTOR_LENGTH ? 'The label selector is too long' : undefined;
}
