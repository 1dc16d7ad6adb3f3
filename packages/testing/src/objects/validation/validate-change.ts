import { isDeepStrictEqual } from 'node:util';
import type { Fields } from '../../documents/fields.ts';
import { forbiddenField, invalidValue } from '../../errors/invalid.ts';
import type { StatusCause } from '../../errors/status-error.ts';
import type { KubernetesObject, ObjectInput } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { fieldsOf, listOf } from '../defaults/fields.ts';

type ValidateChange = (before: KubernetesObject, after: ObjectInput) => readonly StatusCause[];

const IMMUTABLE = 'field is immutable';
const POD_FIELDS =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';
const STATEFUL_SET_FIELDS =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
const CHANGEABLE_IN_STATEFUL_SETS = new Set([
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
]);

const VALIDATORS: Readonly<Record<string, ValidateChange>> = {
  ConfigMap: unlessImmutable,
  Secret: (before, after) => [...unlessImmutable(before, after), ...unchanged(before, after, ['type'])],
  Pod: (before, after) =>
    isDeepStrictEqual(fixedPodSpec(before), fixedPodSpec(after)) ? [] : [forbiddenField('spec', POD_FIELDS)],
  Service: (before, after) => {
    const [was, is] = [fieldsOf(before.spec), fieldsOf(after.spec)];
    const kept = was.clusterIP === is.clusterIP || is.type === 'ExternalName' || was.type === 'ExternalName';
    return kept ? [] : [invalidValue('spec.clusterIPs[0]', [is.clusterIP], 'may not change once set')];
  },
  'DaemonSet.apps': (before, after) => unchanged(before, after, ['spec', 'selector']),
  'Deployment.apps': (before, after) => unchanged(before, after, ['spec', 'selector']),
  'ReplicaSet.apps': (before, after) => unchanged(before, after, ['spec', 'selector']),
  'Job.batch': (before, after) => [
    ...unchanged(before, after, ['spec', 'completions']),
    ...unchanged(before, after, ['spec', 'selector']),
    ...unchanged(before, after, ['spec', 'template']),
  ],
  'StatefulSet.apps': (before, after) => {
    const fixed = ({ spec }: ObjectInput) =>
      Object.entries(fieldsOf(spec)).filter(([name]) => !CHANGEABLE_IN_STATEFUL_SETS.has(name));
    const same = isDeepStrictEqual(Object.fromEntries(fixed(before)), Object.fromEntries(fixed(after)));
    return same ? [] : [forbiddenField('spec', STATEFUL_SET_FIELDS)];
  },
  'RoleBinding.rbac.authorization.k8s.io': (before, after) =>
    unchanged(before, after, ['roleRef'], 'cannot change roleRef'),
  'ClusterRoleBinding.rbac.authorization.k8s.io': (before, after) =>
    unchanged(before, after, ['roleRef'], 'cannot change roleRef'),
};

/** What an update changes that may not change. */
export function validateChange(
  before: KubernetesObject,
  after: ObjectInput,
  kind: ResourceKind,
): readonly StatusCause[] {
  const ofKind = VALIDATORS[kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`]?.(before, after) ?? [];
  return [...newFinalizers(before, after), ...ofKind];
}

/** What is on its way out cannot be held up by somebody new. */
function newFinalizers({ metadata: was }: KubernetesObject, { metadata: is }: ObjectInput): readonly StatusCause[] {
  const added = (is.finalizers ?? []).filter((finalizer) => was.finalizers?.includes(finalizer) !== true);
  if (was.deletionTimestamp === undefined || added.length === 0) return [];
  const found = added.map((finalizer) => JSON.stringify(finalizer)).join(', ');
  const detail = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${found}}`;
  return [forbiddenField('metadata.finalizers', detail)];
}

function unchanged(
  before: ObjectInput,
  after: ObjectInput,
  path: readonly string[],
  detail: string = IMMUTABLE,
): readonly StatusCause[] {
  const [was, is] = [before, after].map((object) =>
    path.reduce<unknown>((value, name) => fieldsOf(value)[name], object),
  );
  return isDeepStrictEqual(was, is) ? [] : [invalidValue(path.join('.'), is, detail)];
}

function unlessImmutable(before: KubernetesObject, after: ObjectInput): readonly StatusCause[] {
  if (before.immutable !== true) return [];
  const detail = `${IMMUTABLE} when \`immutable\` is set`;
  return ['immutable', 'data', 'binaryData']
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => forbiddenField(name, detail));
}

/** The part of a pod's specification that never changes. */
function fixedPodSpec({ spec }: ObjectInput): Fields {
  const {
    activeDeadlineSeconds: _deadline,
    tolerations: _tolerations,
    terminationGracePeriodSeconds: _grace,
    schedulingGates: _gates,
    ...rest
  } = fieldsOf(spec);
  const withoutImages = (containers: unknown) => listOf(containers).map(({ image: _image, ...container }) => container);
  return {
    ...rest,
    containers: withoutImages(rest.containers),
    initContainers: withoutImages(rest.initContainers),
  };
}
