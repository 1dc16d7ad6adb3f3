import { fieldsOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { currentOf } from './change-status.ts';
import { takesObjects } from './make-pod.ts';
import { controllerReference } from './owner-reference.ts';
import { countOf, textsOf } from './read-field.ts';
import {
  HASH_LABEL,
  latestRevision,
  REVISION,
  revisionAnnotations,
  revisionOf,
  sizeAnnotations,
} from './replica-set-history.ts';
import { type Rollout, tellScaling } from './scale-replica-set.ts';
import { templateHash } from './template-hash.ts';

/** The ReplicaSets of a Deployment: that of the present template, and the others. */
export interface Revisions {
  readonly current: KubernetesObject | undefined;
  readonly old: readonly KubernetesObject[];
}

/** Gives the ReplicaSet of the present template its place in the history: an old one that is used again becomes the latest. */
export function markRevision(
  { context, deployment, spec }: Rollout,
  { current, old }: { readonly current: KubernetesObject; readonly old: readonly KubernetesObject[] },
): KubernetesObject {
  const annotations = revisionAnnotations({ deployment, replicaSet: current, revision: latestRevision(old) + 1 });
  const { minReadySeconds: _before, ...rest } = fieldsOf(current.spec);
  const { minReadySeconds } = spec;
  const marked = context.store.replace({
    ...current,
    metadata: { ...current.metadata, annotations },
    spec: { ...rest, ...(minReadySeconds > 0 && { minReadySeconds }) },
  });
  numberDeployment(context.store, deployment, revisionOf(marked));
  return marked;
}

/**
 * Makes the ReplicaSet of a template that has none yet, with as many pods as it may have from the start.
 *
 * @returns undefined where the namespace takes nothing new
 */
export function createReplicaSet(
  rollout: Rollout,
  { old, replicas }: { readonly old: readonly KubernetesObject[]; readonly replicas: number },
): KubernetesObject | undefined {
  const { context, deployment, spec } = rollout;
  const { store } = context;
  const { namespace } = deployment.metadata;
  if (!takesObjects(store, namespace)) return undefined;
  const hash = freeHash(rollout);
  const template = fieldsOf(spec.template);
  const metadata = fieldsOf(template.metadata);
  const labels = { ...textsOf(metadata.labels), [HASH_LABEL]: hash };
  const selector = fieldsOf(fieldsOf(deployment.spec).selector);
  const revision = latestRevision(old) + 1;
  const created = store.add({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace,
      labels,
      annotations: {
        ...revisionAnnotations({ deployment, replicaSet: undefined, revision }),
        ...sizeAnnotations(spec),
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      ...(spec.minReadySeconds > 0 && { minReadySeconds: spec.minReadySeconds }),
      selector: { ...selector, matchLabels: { ...textsOf(selector.matchLabels), [HASH_LABEL]: hash } },
      template: { ...template, metadata: { ...metadata, labels } },
    },
    status: { replicas: 0 },
  });
  numberDeployment(store, deployment, revision);
  if (replicas > 0) tellScaling(rollout, { name: created.metadata.name, from: 0, to: replicas });
  return created;
}

/** Another ReplicaSet may have the name already: a hash has 32 bits, and names can be chosen by hand. */
function freeHash({ context, deployment, spec }: Rollout): string {
  const { namespace, name } = deployment.metadata;
  const isTaken = (hash: string): boolean =>
    context.store.get({ kind: builtInKind('ReplicaSet'), namespace, name: `${name}-${hash}` }) !== undefined;
  let collisions = countOf(fieldsOf(deployment.status).collisionCount, 0);
  let hash = templateHash(spec.template, collisions);
  while (isTaken(hash)) {
    collisions += 1;
    hash = templateHash(spec.template, collisions);
  }
  return hash;
}

function numberDeployment(store: Rollout['context']['store'], deployment: KubernetesObject, revision: number): void {
  const current = currentOf({ store, object: deployment });
  if (!current) return;
  const annotations = { ...current.metadata.annotations, [REVISION]: String(revision) };
  store.replace({ ...current, metadata: { ...current.metadata, annotations } });
}
