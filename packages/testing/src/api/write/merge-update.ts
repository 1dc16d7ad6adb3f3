import { changeItems, fieldsOf, listOf, withDefaults } from '../../objects/defaults/fields.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { readMetadata } from './read-metadata.ts';
import type { RawObject } from './read-object.ts';

/** The next version of an object: what the client may change here from `next`, the rest from `current`. */
export function mergeUpdate(options: {
  readonly current: KubernetesObject;
  readonly next: RawObject;
  readonly kind: ResourceKind;
  readonly subresource: string | undefined;
}): ObjectInput {
  const { current, next, kind, subresource } = options;
  const metadata = nextMetadata(current, next);
  if (subresource === 'status') return { ...current, metadata: statusMetadata(current, metadata), status: next.status };
  if (subresource === 'finalize') return { ...current, spec: next.spec };
  const hasStatus = kind.subresources?.some(({ name }) => name === 'status') === true;
  return {
    ...next,
    apiVersion: current.apiVersion,
    kind: current.kind,
    metadata,
    ...(kind.kind === 'Service' && kind.group === '' && { spec: keepAddresses(current.spec, next.spec) }),
    // Absent in both, it must not become a field that is there and says nothing.
    ...(hasStatus && { status: current.status }),
  };
}

function nextMetadata(current: KubernetesObject, next: RawObject): KubernetesObject['metadata'] {
  const given = readMetadata(next.metadata);
  const { name, namespace, uid, creationTimestamp, resourceVersion, generation, generateName } = current.metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds } = current.metadata;
  return {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    generation,
    generateName,
    deletionTimestamp,
    deletionGracePeriodSeconds,
    labels: given.labels,
    annotations: given.annotations,
    ownerReferences: given.ownerReferences,
    finalizers: given.finalizers,
    managedFields: given.managedFields ?? current.metadata.managedFields,
  };
}

/** An update of the status leaves the metadata alone, but for who owns which field. */
function statusMetadata(current: KubernetesObject, { managedFields }: KubernetesObject['metadata']) {
  return { ...current.metadata, managedFields };
}

/** A client that does not know the addresses of its service does not want others. */
function keepAddresses(current: unknown, next: unknown): unknown {
  const [was, is] = [fieldsOf(current), fieldsOf(next)];
  if (is.type === 'ExternalName' || was.type === 'ExternalName') return is;
  const { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy } = was;
  const kept = withDefaults(is, { clusterIP, clusterIPs, ipFamilies, ipFamilyPolicy });
  if (is.type === undefined || is.type === 'ClusterIP') return kept;
  const ports = listOf(was.ports);
  return changeItems(kept, 'ports', (port) => {
    const same = ports.find(
      (known) => known.port === port.port && (known.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    );
    return same?.nodePort === undefined ? port : withDefaults(port, { nodePort: same.nodePort });
  });
}
