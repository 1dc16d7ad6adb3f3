import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { labelsText } from './selector-text.ts';
import { AGE, at, count, firstFew, list, NAME, NONE, scalar, type TableLayouts, text, UNSET } from './table-layout.ts';

/** The columns of services and of their endpoints, as the real API server prints them. */
export const SERVICE_TABLES: TableLayouts = {
  '/Service': [
    NAME,
    { name: 'Type', cell: (object) => text(object, ['spec', 'type'], 'ClusterIP') },
    { name: 'Cluster-IP', cell: (object) => text(object, ['spec', 'clusterIP']) },
    { name: 'External-IP', cell: externalAddress },
    { name: 'Port(s)', cell: servicePorts },
    AGE,
    { name: 'Selector', priority: 1, cell: (object) => labelsText(at(object, 'spec', 'selector')) },
  ],
  '/Endpoints': [NAME, { name: 'Endpoints', cell: endpoints }, AGE],
  'discovery.k8s.io/EndpointSlice': [
    NAME,
    { name: 'AddressType', cell: (object) => text(object, ['addressType'], '') },
    { name: 'Ports', cell: slicePorts },
    { name: 'Endpoints', cell: sliceAddresses },
    AGE,
  ],
};

/** The addresses of a load balancer's status in their order as text, as services and ingresses show them. */
export function loadBalancerAddresses(object: KubernetesObject): string {
  const found = list(object, 'status', 'loadBalancer', 'ingress').map(
    (one) => text(one, ['ip'], '') || text(one, ['hostname'], ''),
  );
  return [...new Set(found.filter((one) => one !== ''))].sort().join(',');
}

function externalAddress(service: KubernetesObject): string {
  const external = list(service, 'spec', 'externalIPs').map(String);
  switch (text(service, ['spec', 'type'], 'ClusterIP')) {
    case 'ClusterIP':
    case 'NodePort':
      return external.join(',') || NONE;
    case 'LoadBalancer':
      return [loadBalancerAddresses(service), ...external].filter((one) => one !== '').join(',') || '<pending>';
    case 'ExternalName':
      return text(service, ['spec', 'externalName'], '');
    default:
      return '<unknown>';
  }
}

function servicePorts(service: KubernetesObject): string {
  const ports = list(service, 'spec', 'ports').map((port) => {
    const nodePort = count(port, 'nodePort');
    return `${count(port, 'port')}${nodePort > 0 ? `:${nodePort}` : ''}/${text(port, ['protocol'], 'TCP')}`;
  });
  return ports.join(',') || NONE;
}

const SHOWN = 3;

function endpoints(object: KubernetesObject): string {
  const found = list(object, 'subsets').flatMap((subset) => {
    const addresses = list(subset, 'addresses').map((address) => text(address, ['ip'], ''));
    const ports = list(subset, 'ports').map((port) => count(port, 'port'));
    if (ports.length === 0) return addresses;
    return ports.flatMap((port) => addresses.map((ip) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)));
  });
  return firstFew(found, { max: SHOWN }) || NONE;
}

function slicePorts(slice: KubernetesObject): string {
  const ports = list(slice, 'ports').map((port) => scalar(port, ['port'], scalar(port, ['name'], '*')));
  return firstFew(ports, { max: SHOWN }) || UNSET;
}

function sliceAddresses(slice: KubernetesObject): string {
  const addresses = list(slice, 'endpoints').flatMap((endpoint) => list(endpoint, 'addresses').map(String));
  return firstFew(addresses, { max: SHOWN }) || UNSET;
}
