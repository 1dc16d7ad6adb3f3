import type { Fields } from '../documents/fields.ts';
import type { KubernetesObject, ObjectInput } from '../state/kubernetes-object.ts';
import { apiVersionOf, type ObjectRules, type ResourceKind, type StoredForm } from '../state/resource-kind.ts';

/**
 * How objects of one version of a custom kind are kept where the kind has several: in one form for all of them, with the conversion
 * strategy `None`. Only the version changes, and fields that the other version does not have are lost.
 */
export function versionForm(options: {
  /** The version in which clients see the objects. */
  readonly served: Pick<ResourceKind, 'group' | 'version' | 'rules'>;
  /** As which kind they are kept. */
  readonly kept: ResourceKind;
  /** The rules of the version that is marked for storage. */
  readonly storage: ObjectRules | undefined;
}): StoredForm {
  const { served, kept, storage } = options;
  return {
    kind: kept,
    toStored: (object) => ({ ...(decoded(object, storage) as ObjectInput), apiVersion: apiVersionOf(kept) }),
    fromStored: (object) => ({
      ...(decoded(object, served.rules) as KubernetesObject),
      apiVersion: apiVersionOf(served),
    }),
  };
}

function decoded(object: Fields, rules: ObjectRules | undefined): Fields {
  return rules?.decode(object).object ?? object;
}
