import { invalid, invalidValue } from '../../errors/invalid.ts';
import type { Addresses } from '../../objects/addresses.ts';
import { fieldsOf, listOf } from '../../objects/defaults/fields.ts';
import { builtInKind } from '../../state/built-in-kinds.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';

const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/;

/** The addresses of a service must be some, and its own. @throws StatusError 422. */
export function requireFreeAddresses(options: {
  readonly addresses: Addresses;
  readonly kind: ResourceKind;
  readonly object: ObjectInput;
}): void {
  const { addresses, kind, object } = options;
  if (kind !== builtInKind('Service')) return;
  const { namespace = '', name } = object.metadata;
  const own = `${namespace}/${name}`;
  const { clusterIP, clusterIPs, ports } = fieldsOf(object.spec);
  const isTaken = (taken: ReadonlyMap<unknown, string>, value: unknown) => (taken.get(value) ?? own) !== own;
  const causes = [];
  if (typeof clusterIP === 'string' && clusterIP !== 'None') {
    const detail = IPV4.test(clusterIP)
      ? isTaken(addresses.takenServiceIps(), clusterIP) && 'failed to allocate IP: provided IP is already allocated'
      : 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
    if (detail !== false) causes.push(invalidValue('spec.clusterIPs[0]', clusterIPs ?? [clusterIP], detail));
  }
  for (const [index, { nodePort }] of listOf(ports).entries()) {
    if (nodePort === undefined) continue;
    const isInRange = typeof nodePort === 'number' && nodePort >= 30_000 && nodePort <= 32_767;
    const detail = isInRange
      ? isTaken(addresses.takenNodePorts(), nodePort) && 'provided port is already allocated'
      : 'provided port is not in the valid range. The range of valid ports is 30000-32767';
    if (detail !== false) causes.push(invalidValue(`spec.ports[${index}].nodePort`, nodePort, detail));
  }
  if (causes.length > 0) throw invalid({ kind: kind.kind, group: kind.group, name, causes });
}
