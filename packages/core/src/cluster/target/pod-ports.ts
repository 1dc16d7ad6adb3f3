import { ContainerNotFoundError, PortNotDeclaredError, PortNotTcpError } from '../../errors/target-errors.ts';
import type { RemotePort, ResolvedPort } from '../../model/target.ts';
import type { ContainerPort, Pod } from './pod.ts';

/**
 * The number that a port has inside a pod. Numbers need not be declared, as with kubectl, unless they are declared for another protocol
 * only; names must be.
 *
 * @throws {PortNotDeclaredError} when no container declares a port of that name
 * @throws {PortNotTcpError} when the port is declared for UDP or SCTP only
 */
export function podPort(options: { readonly pod: Pod; readonly port: RemotePort }): number {
  const { pod, port } = options;
  const declared = pod.containers.flatMap((container) => container.ports);
  const matching = declared.filter((each) => (typeof port === 'number' ? each.number === port : each.name === port));
  const found = matching.find((each) => each.protocol === 'TCP') ?? matching[0];
  if (found === undefined) {
    if (typeof port === 'number') return port;
    throw new PortNotDeclaredError({
      message: `The pod "${pod.name}" declares no port named "${port}"`,
      hint: declaredHint(declared),
      declared: declared.map(formatPort),
    });
  }
  if (found.protocol !== 'TCP') throw notTcp({ what: `the pod "${pod.name}"`, port, protocol: found.protocol });
  return found.number;
}

/** Ports that were asked of a pod itself. Throws as {@link podPort} does. */
export function podPorts(options: {
  readonly pod: Pod;
  readonly ports: readonly RemotePort[];
}): readonly ResolvedPort[] {
  return options.ports.map((requested) => {
    const number = podPort({ pod: options.pod, port: requested });
    return { requested, numberOnTarget: number, podPort: number };
  });
}

/**
 * Checks that a container exists and declares ports.
 *
 * @throws {ContainerNotFoundError} when the pod has no such container
 * @throws {PortNotDeclaredError} when the container does not declare one of the ports
 */
export function checkContainer(options: {
  readonly pod: Pod;
  readonly containerName: string;
  /** Numbers inside the pod. */
  readonly ports: readonly number[];
}): void {
  const { pod, containerName, ports } = options;
  const container = pod.containers.find((each) => each.name === containerName);
  if (container === undefined) {
    const containers = pod.containers.map((each) => each.name);
    throw new ContainerNotFoundError({
      message: `The pod "${pod.name}" has no container "${containerName}"`,
      hint: `Its containers: ${containers.join(', ')}`,
      containers,
    });
  }
  const missing = ports.find(
    (port) => !container.ports.some((each) => each.number === port && each.protocol === 'TCP'),
  );
  if (missing === undefined) return;
  throw new PortNotDeclaredError({
    message: `The container "${containerName}" of the pod "${pod.name}" does not declare the port ${missing}`,
    hint: declaredHint(container.ports),
    declared: container.ports.map(formatPort),
  });
}

/** The error for a port of another protocol than TCP. */
export function notTcp(options: {
  readonly what: string;
  readonly port: RemotePort;
  readonly protocol: string;
}): PortNotTcpError {
  const { what, port, protocol } = options;
  return new PortNotTcpError({
    message: `The port ${port} of ${what} is ${protocol}; the Kubernetes API forwards TCP only`,
    protocol,
  });
}

/** A declared port as people write it: `http 8080/TCP`. */
export function formatPort(port: ContainerPort): string {
  return `${port.name === undefined ? '' : `${port.name} `}${port.number}/${port.protocol}`;
}

/** The line that lists what could have been meant. */
export function declaredHint(declared: readonly ContainerPort[]): string {
  return declared.length === 0 ? 'It declares no ports.' : `Declared ports: ${declared.map(formatPort).join(', ')}`;
}
