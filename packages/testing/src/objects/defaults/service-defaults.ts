import type { Fields } from '../../documents/fields.ts';
import type { Addresses } from '../addresses.ts';
import { changeItems, withDefaults } from './fields.ts';

/** `v1` Service: addresses and ports too, which stay what they are once they are given. */
export function serviceDefaults(spec: unknown, addresses: Addresses): Fields {
  const complete = withDefaults(spec, { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster' });
  const withPorts = changeItems(complete, 'ports', (port) =>
    // In protobuf a port that is not there is 0.
    withDefaults({ ...port, targetPort: port.targetPort || undefined }, { protocol: 'TCP', targetPort: port.port }),
  );
  if (withPorts.type === 'ExternalName') return without(withPorts, 'internalTrafficPolicy');
  const clusterIP = given(withPorts.clusterIP) ?? addresses.nextServiceIp();
  const addressed = withDefaults(withPorts, {
    clusterIP,
    clusterIPs: [clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
  });
  if (addressed.type === 'ClusterIP') return addressed;
  const exposed = changeItems(addressed, 'ports', (port) =>
    port.nodePort === undefined || port.nodePort === 0 ? { ...port, nodePort: addresses.nextNodePort() } : port,
  );
  const policy = exposed.type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: true } : {};
  return withDefaults(exposed, { externalTrafficPolicy: 'Cluster', ...policy });
}

function given(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function without(value: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(value).filter(([field]) => field !== name));
}
