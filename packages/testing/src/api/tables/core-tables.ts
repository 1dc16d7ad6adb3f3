import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { age } from './human-duration.ts';
import { AGE, at, type Column, count, labelsText, list, NAME, NONE, scalar, text } from './table-layout.ts';

const sizeOf = (value: unknown): number => Object.keys(value ?? {}).length;

/** The columns of the small kinds, as the real API server prints them. */
export const CORE_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Service: [
    NAME,
    { name: 'Type', cell: (object) => text(object, ['spec', 'type'], 'ClusterIP') },
    { name: 'Cluster-IP', cell: (object) => text(object, ['spec', 'clusterIP']) },
    { name: 'External-IP', cell: externalAddress },
    { name: 'Port(s)', cell: servicePorts },
    AGE,
    { name: 'Selector', wide: true, cell: (object) => labelsText(at(object, 'spec', 'selector')) },
  ],
  Namespace: [NAME, { name: 'Status', cell: (object) => text(object, ['status', 'phase'], 'Active') }, AGE],
  Node: [
    NAME,
    { name: 'Status', cell: nodeStatus },
    { name: 'Roles', cell: () => NONE },
    AGE,
    { name: 'Version', cell: (object) => text(object, ['status', 'nodeInfo', 'kubeletVersion'], '') },
  ],
  Event: [
    { name: 'Last Seen', cell: (object, now) => age(at(object, 'lastTimestamp') ?? at(object, 'eventTime'), now) },
    { name: 'Type', cell: (object) => text(object, ['type'], '') },
    { name: 'Reason', cell: (object) => text(object, ['reason'], '') },
    { name: 'Object', cell: eventObject },
    { name: 'Source', wide: true, cell: (object) => text(object, ['source', 'component'], '') },
    { name: 'Message', cell: (object) => text(object, ['message'], '').trim() },
    { name: 'Count', wide: true, cell: (object) => count(object, 'count') },
    { ...NAME, wide: true },
  ],
  Secret: [
    NAME,
    { name: 'Type', cell: (object) => text(object, ['type'], 'Opaque') },
    { name: 'Data', cell: (object) => sizeOf(at(object, 'data')) },
    AGE,
  ],
  ConfigMap: [
    NAME,
    { name: 'Data', cell: (object) => sizeOf(at(object, 'data')) + sizeOf(at(object, 'binaryData')) },
    AGE,
  ],
  EndpointSlice: [
    NAME,
    { name: 'AddressType', cell: (object) => text(object, ['addressType'], '') },
    {
      name: 'Ports',
      cell: (object) =>
        joined(
          list(object, 'ports').map((port) => at(port, 'port')),
          '<unset>',
        ),
    },
    {
      name: 'Endpoints',
      cell: (object) =>
        joined(
          list(object, 'endpoints').flatMap((one) => list(one, 'addresses')),
          '<unset>',
        ),
    },
    AGE,
  ],
};

function joined(values: readonly unknown[], otherwise: string): string {
  if (values.length === 0) return otherwise;
  const shown = values.slice(0, 3).join(',');
  return values.length > 3 ? `${shown} + ${values.length - 3} more...` : shown;
}

function externalAddress(service: KubernetesObject): string {
  const ingress = list(service, 'status', 'loadBalancer', 'ingress').map((one) => at(one, 'ip') ?? at(one, 'hostname'));
  if (ingress.length > 0) return ingress.join(',');
  if (at(service, 'spec', 'type') === 'LoadBalancer') return '<pending>';
  return text(service, ['spec', 'externalName']);
}

function servicePorts(service: KubernetesObject): string {
  const ports = list(service, 'spec', 'ports').map((port) => {
    const nodePort = scalar(port, ['nodePort'], '');
    return `${scalar(port, ['port'], '')}${nodePort && `:${nodePort}`}/${scalar(port, ['protocol'], 'TCP')}`;
  });
  return ports.length === 0 ? NONE : ports.join(',');
}

function nodeStatus(node: KubernetesObject): string {
  const ready = list(node, 'status', 'conditions').find((condition) => at(condition, 'type') === 'Ready');
  const status = at(ready, 'status');
  if (status === undefined) return 'Unknown';
  return status === 'True' ? 'Ready' : 'NotReady';
}

function eventObject(event: KubernetesObject): string {
  return `${text(event, ['involvedObject', 'kind'], '').toLowerCase()}/${text(event, ['involvedObject', 'name'], '')}`;
}
