import type { KubernetesObject, OwnerReference } from '../state/kubernetes-object.ts';

/** The reference to the one owner that controls an object. */
export function controllerOf({ metadata }: KubernetesObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** The reference by which a controller marks what it makes. */
export function controllerReference({ apiVersion, kind, metadata }: KubernetesObject): OwnerReference {
  return { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true, blockOwnerDeletion: true };
}

/** An object without its reference to one owner. */
export function withoutOwner(object: KubernetesObject, ownerUid: string): KubernetesObject {
  const { ownerReferences = [], ...metadata } = object.metadata;
  const others = ownerReferences.filter(({ uid }) => uid !== ownerUid);
  return { ...object, metadata: { ...metadata, ...(others.length > 0 && { ownerReferences: others }) } };
}
