import { definitionCauses } from '../../custom/definition-causes.ts';
import { invalid } from '../../errors/invalid.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';

/**
 * Checks custom resources by the rules of their kind, and the definitions of such kinds.
 *
 * @throws StatusError 422 that names everything that is wrong, 501 for rules that cannot be checked.
 */
export function validateCustom(change: {
  readonly object: ObjectInput;
  readonly kind: ResourceKind;
  readonly before?: KubernetesObject | undefined;
  readonly subresource?: string | undefined;
}): void {
  const { object, kind, subresource } = change;
  const isDefinition = kind.kind === 'CustomResourceDefinition' && kind.isCustom !== true && subresource === undefined;
  const causes = isDefinition ? definitionCauses(object) : (kind.rules?.causes(change) ?? []);
  if (causes.length > 0) throw invalid({ kind: kind.kind, group: kind.group, name: object.metadata.name, causes });
}
