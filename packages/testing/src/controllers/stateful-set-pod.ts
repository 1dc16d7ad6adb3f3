import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import { podOfTemplate, takesObjects } from './make-pod.ts';
import { controllerReference } from './owner-reference.ts';
import { listOf, textOf, textsOf } from './read-field.ts';

const COMPONENT = 'statefulset-controller';

/** The label that tells the revision of a pod. */
export const POD_REVISION = 'controller-revision-hash';

/** Which pod of a StatefulSet to make. */
export interface StatefulPod {
  readonly set: KubernetesObject;
  readonly ordinal: number;
  /** The name of the revision, and its template. */
  readonly revision: string;
  readonly template: Readonly<Record<string, unknown>>;
}

/** The number at the end of the name of a pod; `undefined` when the pod has not the form of a name of the set. */
export function ordinalOf(set: KubernetesObject, pod: KubernetesObject): number | undefined {
  const prefix = `${set.metadata.name}-`;
  const rest = pod.metadata.name.slice(prefix.length);
  return pod.metadata.name.startsWith(prefix) && /^(0|[1-9]\d{0,8})$/.test(rest) ? Number(rest) : undefined;
}

/** Makes a pod of a StatefulSet and the volume claims that it needs; nothing when the name is taken or the namespace takes nothing new. */
export function makeStatefulPod({ store, events }: ControllerContext, pod: StatefulPod): void {
  const { set, ordinal, revision } = pod;
  const { namespace, name: setName } = set.metadata;
  const name = `${setName}-${ordinal}`;
  if (!takesObjects(store, namespace)) return;
  if (store.get({ kind: builtInKind('Pod'), namespace, name })) {
    const why = `pods "${name}" already exists`;
    const message = `create Pod ${name} in StatefulSet ${setName} failed error: ${why}`;
    events.record({ about: set, type: 'Warning', reason: 'FailedCreate', message, component: COMPONENT });
    return;
  }
  const claims = listOf(fieldsOf(set.spec).volumeClaimTemplates).map(fieldsOf);
  const volumes = claims.map((claim) => volumeOf(claim, name));
  const tell = (message: string): void =>
    events.record({ about: set, reason: 'SuccessfulCreate', message, component: COMPONENT });
  for (const [index, claim] of claims.entries()) {
    const claimName = volumes[index]?.persistentVolumeClaim.claimName ?? '';
    if (store.get({ kind: builtInKind('PersistentVolumeClaim'), namespace, name: claimName })) continue;
    store.add(claimObject({ set, claim, name: claimName }));
    tell(`create Claim ${claimName} Pod ${name} in StatefulSet ${setName} success`);
  }
  const given = fieldsOf(pod.template.spec);
  const others = listOf(given.volumes).filter(
    (volume) => !volumes.some(({ name: own }) => own === fieldsOf(volume).name),
  );
  const subdomain = textOf(fieldsOf(set.spec).serviceName, '');
  store.add(
    podOfTemplate({
      owner: set,
      template: pod.template,
      name,
      generateName: `${setName}-`,
      labels: {
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(ordinal),
        [POD_REVISION]: revision,
      },
      spec: {
        hostname: name,
        ...(subdomain !== '' && { subdomain }),
        ...(volumes.length > 0 && { volumes: [...volumes, ...others] }),
      },
    }),
  );
  tell(`create Pod ${name} in StatefulSet ${setName} successful`);
}

function volumeOf(claim: Readonly<Record<string, unknown>>, pod: string) {
  const name = textOf(fieldsOf(claim.metadata).name, 'data');
  return { name, persistentVolumeClaim: { claimName: `${name}-${pod}` } };
}

function claimObject(options: {
  readonly set: KubernetesObject;
  readonly claim: Readonly<Record<string, unknown>>;
  readonly name: string;
}) {
  const { set, claim, name } = options;
  const { labels, annotations } = fieldsOf(claim.metadata);
  const { selector, persistentVolumeClaimRetentionPolicy: retention } = fieldsOf(set.spec);
  const goesWithSet = fieldsOf(retention).whenDeleted === 'Delete';
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name,
      namespace: set.metadata.namespace,
      labels: { ...textsOf(labels), ...textsOf(fieldsOf(selector).matchLabels) },
      ...(annotations !== undefined && { annotations: textsOf(annotations) }),
      ...(goesWithSet && { ownerReferences: [controllerReference(set)] }),
    },
    spec: { volumeMode: 'Filesystem', ...fieldsOf(claim.spec) },
    status: { phase: 'Pending' },
  };
}
