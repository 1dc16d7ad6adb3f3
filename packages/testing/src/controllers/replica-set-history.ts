import { isDeepStrictEqual } from 'node:util';
import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { textsOf } from './read-field.ts';

/** The label by which the pods of one revision differ from those of another. */
export const HASH_LABEL = 'pod-template-hash';
/** The annotation that numbers the revisions. */
export const REVISION = 'deployment.kubernetes.io/revision';

const HISTORY = 'deployment.kubernetes.io/revision-history';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAXIMUM = 'deployment.kubernetes.io/max-replicas';
/** What a ReplicaSet does not take over from its Deployment. */
const OWN = new Set(['kubectl.kubernetes.io/last-applied-configuration', REVISION, HISTORY, DESIRED, MAXIMUM]);

/** The ReplicaSet whose template is that of the Deployment but for the hash; the oldest when there are several. */
export function replicaSetOf(
  template: Readonly<Record<string, unknown>>,
  replicaSets: readonly KubernetesObject[],
): KubernetesObject | undefined {
  const wanted = withoutHash(template);
  const same = replicaSets.filter(({ spec }) => isDeepStrictEqual(withoutHash(fieldsOf(spec).template), wanted));
  return same.reduce<KubernetesObject | undefined>(
    (oldest, one) => (!oldest || isOlder(one, oldest) ? one : oldest),
    undefined,
  );
}

/** The number of a revision, 0 without one. */
export function revisionOf({ metadata }: KubernetesObject): number {
  return Number.parseInt(metadata.annotations?.[REVISION] ?? '0', 10) || 0;
}

/** The highest number among some revisions. */
export function latestRevision(replicaSets: readonly KubernetesObject[]): number {
  return replicaSets.reduce((latest, replicaSet) => Math.max(latest, revisionOf(replicaSet)), 0);
}

/** The annotations of the ReplicaSet of the present revision: those of the Deployment, its number, and those that it had before. */
export function revisionAnnotations(options: {
  readonly deployment: KubernetesObject;
  readonly replicaSet: KubernetesObject | undefined;
  readonly revision: number;
}): Readonly<Record<string, string>> {
  const { deployment, replicaSet, revision } = options;
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !OWN.has(key));
  const before = replicaSet ? revisionOf(replicaSet) : 0;
  const earlier = replicaSet?.metadata.annotations?.[HISTORY];
  const rises = before > 0 && revision > before;
  return {
    ...replicaSet?.metadata.annotations,
    ...Object.fromEntries(copied),
    [REVISION]: String(Math.max(before, revision)),
    ...(rises && { [HISTORY]: earlier === undefined ? String(before) : `${earlier},${before}` }),
  };
}

/** The annotations that tell how many pods the Deployment wants, and has at most. */
export function sizeAnnotations({
  replicas,
  maxSurge,
}: {
  readonly replicas: number;
  readonly maxSurge: number;
}): Readonly<Record<string, string>> {
  return { [DESIRED]: String(replicas), [MAXIMUM]: String(replicas + maxSurge) };
}

/** How many pods the Deployment wanted when a ReplicaSet was last scaled; `undefined` when that is not known. */
export function desiredReplicasOf(replicaSet: KubernetesObject): number | undefined {
  return countIn(replicaSet, DESIRED);
}

/** How many pods the Deployment had at most when a ReplicaSet was last scaled; `undefined` when that is not known. */
export function maxReplicasOf(replicaSet: KubernetesObject): number | undefined {
  return countIn(replicaSet, MAXIMUM);
}

function countIn({ metadata }: KubernetesObject, annotation: string): number | undefined {
  const text = metadata.annotations?.[annotation] ?? '';
  return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
}

function withoutHash(template: unknown): unknown {
  const { metadata, ...rest } = fieldsOf(template);
  const { labels, ...other } = fieldsOf(metadata);
  const { [HASH_LABEL]: _hash, ...kept } = textsOf(labels);
  // An empty time of creation stands there in some clients' templates and means nothing.
  const { creationTimestamp: _none, ...named } = other;
  return { ...rest, metadata: { ...named, labels: kept } };
}

function isOlder(left: KubernetesObject, right: KubernetesObject): boolean {
  if (left.metadata.creationTimestamp !== right.metadata.creationTimestamp) {
    return left.metadata.creationTimestamp < right.metadata.creationTimestamp;
  }
  return left.metadata.name < right.metadata.name;
}
