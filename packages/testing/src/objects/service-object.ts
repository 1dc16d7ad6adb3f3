import type { ObjectInput, ServicePort } from '../state/kubernetes-object.ts';

/** A service as a test writes it down. */
export interface ServiceOptions {
  readonly name: string;
  /** @default the cluster's default namespace */
  readonly namespace?: string | undefined;
  /** The labels of the pods behind it; without, it has no endpoints. */
  readonly selector?: Readonly<Record<string, string>> | undefined;
  readonly ports: readonly ServicePort[];
  /** @default 'ClusterIP', or 'ExternalName' with an `externalName` */
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName' | undefined;
  readonly externalName?: string | undefined;
}

/** Makes the object of a service, with the defaults that a real API server fills in. */
export function serviceObject(
  options: ServiceOptions & { readonly namespace: string; readonly clusterIp: string },
): ObjectInput {
  const { name, namespace, selector, ports, externalName, clusterIp } = options;
  const type = options.type ?? (externalName === undefined ? 'ClusterIP' : 'ExternalName');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: {
      type,
      ...(type === 'ExternalName' ? { externalName } : { clusterIP: clusterIp, clusterIPs: [clusterIp] }),
      ...(selector && { selector }),
      ports: ports.map((port) => ({
        ...port,
        protocol: port.protocol ?? 'TCP',
        targetPort: port.targetPort ?? port.port,
      })),
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  };
}
