import { createHash } from 'node:crypto';
import { isReady } from '../objects/pod-object.ts';
import type { ObjectInput, PodObject, ServiceObject, ServicePort } from '../state/kubernetes-object.ts';

interface EndpointPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/**
 * The slices that a service should have: as in Kubernetes one for each set of port numbers, because a named target port may be another
 * number in each pod, and an empty one when no pod matches. A service without a selector gets none.
 */
export function desiredSlices(options: {
  readonly service: ServiceObject;
  readonly pods: readonly PodObject[];
  /** Who the slices say they are managed by. */
  readonly manager: string;
}): readonly ObjectInput[] {
  const { service, pods, manager } = options;
  const { selector, type } = service.spec;
  if (!selector || Object.keys(selector).length === 0 || type === 'ExternalName') return [];
  const members = pods.filter((pod) => matches(pod, selector) && hasEndpoint(pod));
  const groups = Map.groupBy(members, (pod) => JSON.stringify(resolvePorts(service, pod)));
  if (groups.size === 0) groups.set('[]', []);
  return [...groups].map(([ports, group]) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${service.metadata.name}-${createHash('sha256').update(ports).digest('hex').slice(0, 5)}`,
      namespace: service.metadata.namespace,
      labels: {
        'kubernetes.io/service-name': service.metadata.name,
        'endpointslice.kubernetes.io/managed-by': manager,
      },
      ownerReferences: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          name: service.metadata.name,
          uid: service.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    addressType: 'IPv4',
    endpoints: group.map((pod) => endpoint(service, pod)),
    ports: JSON.parse(ports) as EndpointPort[],
  }));
}

function matches(pod: PodObject, selector: Readonly<Record<string, string>>): boolean {
  return Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value);
}

function hasEndpoint(pod: PodObject): boolean {
  return pod.status.podIP !== undefined && pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed';
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
  const declared = pod.spec.containers.flatMap((container) => container.ports ?? []);
  return declared.find((known) => known.name === target && (known.protocol ?? 'TCP') === protocol)?.containerPort;
}

function endpoint(service: ServiceObject, pod: PodObject) {
  const serving = isReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  return {
    addresses: [pod.status.podIP],
    conditions: {
      ready: service.spec.publishNotReadyAddresses === true || (serving && !terminating),
      serving,
      terminating,
    },
    nodeName: pod.spec.nodeName,
    targetRef: { kind: 'Pod', name: pod.metadata.name, namespace: pod.metadata.namespace, uid: pod.metadata.uid },
  };
}
