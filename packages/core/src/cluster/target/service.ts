import { PortNotDeclaredError, ServiceWithoutSelectorError } from '../../errors/target-errors.ts';
import type { RemotePort } from '../../model/target.ts';
import { fieldsOf, itemsOf, textOf, textsOf } from '../fields.ts';
import type { ContainerPort } from './pod.ts';
import { declaredHint, formatPort, notTcp } from './pod-ports.ts';

/** What is used of a Service. */
export interface Service {
  readonly name: string;
  readonly isHeadless: boolean;
  /** The name that an ExternalName service stands for. */
  readonly externalName: string | undefined;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
}

/** One port of a service. */
export interface ServicePort extends ContainerPort {
  /** A number in the pod, or the name that a container gives one. */
  readonly targetPort: RemotePort;
}

/** Reads a Service as the API server sends it. */
export function parseService(object: unknown): Service {
  const { metadata, spec } = fieldsOf(object);
  const { type, externalName, clusterIP, selector, ports } = fieldsOf(spec);
  return {
    name: textOf(fieldsOf(metadata).name) ?? '',
    isHeadless: clusterIP === 'None',
    externalName: type === 'ExternalName' ? (textOf(externalName) ?? '') : undefined,
    selector: textsOf(selector),
    ports: itemsOf(ports)
      .map(fieldsOf)
      .map((port) => ({
        name: textOf(port.name),
        number: Number(port.port),
        protocol: textOf(port.protocol) ?? 'TCP',
        targetPort: textOf(port.targetPort) ?? (Number(port.targetPort) || Number(port.port)),
      })),
  };
}

/**
 * The service's port of a number or name.
 *
 * @throws {PortNotDeclaredError} when it has none
 * @throws {PortNotTcpError} when it is UDP or SCTP
 */
export function servicePort(options: { readonly service: Service; readonly port: RemotePort }): ServicePort {
  const { service, port } = options;
  const matching = service.ports.filter((each) =>
    typeof port === 'number' ? each.number === port : each.name === port,
  );
  const found = matching.find((each) => each.protocol === 'TCP') ?? matching[0];
  if (found === undefined) {
    throw new PortNotDeclaredError({
      message: `The service "${service.name}" has no port ${typeof port === 'number' ? port : `named "${port}"`}`,
      hint: declaredHint(service.ports),
      declared: service.ports.map(formatPort),
    });
  }
  if (found.protocol !== 'TCP') throw notTcp({ what: `the service "${service.name}"`, port, protocol: found.protocol });
  return found;
}

/** The error for a service that stands for a name outside of the cluster. */
export function externalNameError(service: Service): ServiceWithoutSelectorError {
  return new ServiceWithoutSelectorError({
    message: `The service "${service.name}" is only another name for ${service.externalName}: it has no pods to forward to`,
    hint: `Connect to ${service.externalName} itself, or forward to a pod that passes connections on to it.`,
  });
}

/** The error for a service that selects no pods, and whose endpoints are none either. */
export function noSelectorError(service: Service): ServiceWithoutSelectorError {
  return new ServiceWithoutSelectorError({
    message: `The service "${service.name}" has no selector, and its endpoints are no pods: there is nothing to forward to`,
    hint: 'Forward to a pod that can reach the addresses of its EndpointSlices.',
  });
}
