import type { RemotePort } from '../../model/target.ts';
import type { Pod } from './pod.ts';
import { podPort } from './pod-ports.ts';
import { type Service, servicePort } from './service.ts';

/**
 * The number that a service's port has inside one of its pods.
 *
 * A headless service has no proxy that could map numbers: clients reach the pods themselves, so a number is the pod's own, as with
 * kubectl. Otherwise the slice that lists the pod knows best; without one, `targetPort` is followed, by name if it is one.
 *
 * @throws {PortNotDeclaredError} when the service or the pod does not know the port
 * @throws {PortNotTcpError} when it is not TCP
 */
export function serviceTargetPort(options: {
  readonly service: Service;
  readonly port: RemotePort;
  readonly pod: Pod;
  /** The pod's ports by the names of the service's ports, from the slice that lists it. */
  readonly slicePorts: ReadonlyMap<string, number>;
}): number {
  const { service, port, pod, slicePorts } = options;
  const declared = servicePort({ service, port });
  if (service.isHeadless && typeof port === 'number') return port;
  return slicePorts.get(declared.name ?? '') ?? podPort({ pod, port: declared.targetPort });
}
