import { fieldsOf } from '../objects/defaults/fields.ts';
import type { ContainerPort, PodObject, ServiceObject, ServicePort } from '../state/kubernetes-object.ts';
import { hasEnded, isPodReady } from './pod-state.ts';
import { listOf } from './read-field.ts';

/** One port of an endpoint: the service's name for it, and the number in the pod. */
export interface EndpointPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** A pod as an address of a service. */
export interface Endpoint {
  readonly addresses: readonly [string];
  readonly conditions: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean };
  readonly hostname?: string;
  readonly nodeName: string | undefined;
  readonly targetRef: Readonly<Record<'kind' | 'name' | 'uid', string>> & { readonly namespace: string | undefined };
}

/** A pod behind a service, with the ports under which the service reaches it. */
export interface Member {
  readonly endpoint: Endpoint;
  readonly ports: readonly EndpointPort[];
}

/** Whether a service has endpoints of pods: it has a selector, and its name does not stand for another one. */
export function selectsPods({ spec }: ServiceObject): boolean {
  return spec.type !== 'ExternalName' && Object.keys(fieldsOf(spec.selector)).length > 0;
}

/** Whether the selector of a service matches these labels. */
export function isBehind({ spec }: ServiceObject, labels: Readonly<Record<string, string>> = {}): boolean {
  return Object.entries(fieldsOf(spec.selector)).every(([key, value]) => labels[key] === value);
}

/** A pod as a member of a service; `undefined` when it is none: it has another label, no address yet, or has ended. */
export function memberOf(service: ServiceObject, pod: PodObject): Member | undefined {
  const address = fieldsOf(pod.status).podIP;
  if (typeof address !== 'string' || hasEnded(pod) || !isBehind(service, pod.metadata.labels)) return undefined;
  const { name, namespace, uid, deletionTimestamp } = pod.metadata;
  const { hostname, subdomain } = pod.spec;
  const serving = isPodReady(pod);
  const terminating = deletionTimestamp !== undefined;
  const endpoint: Endpoint = {
    addresses: [address],
    conditions: {
      ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
      serving,
      terminating,
    },
    ...(typeof hostname === 'string' && subdomain === service.metadata.name && { hostname }),
    nodeName: pod.spec.nodeName,
    targetRef: { kind: 'Pod', name, namespace, uid },
  };
  return { endpoint, ports: resolvePorts(service, pod) };
}

/** A named target port that the pod does not have is left out. */
function resolvePorts(service: ServiceObject, pod: PodObject): readonly EndpointPort[] {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPort(port, pod);
    return number === undefined ? [] : [{ name: port.name ?? '', port: number, protocol: port.protocol ?? 'TCP' }];
  });
}

function targetPort(
  { port, targetPort: target = port, protocol = 'TCP' }: ServicePort,
  pod: PodObject,
): number | undefined {
  if (typeof target === 'number') return target;
  const declared = listOf(pod.spec.containers).flatMap(
    (container) => listOf(fieldsOf(container).ports) as readonly ContainerPort[],
  );
  return declared.find((known) => known.name === target && (known.protocol ?? 'TCP') === protocol)?.containerPort;
}
