import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ControllerContext } from './controller-context.ts';
import type { DeploymentSpec } from './deployment-spec.ts';
import { countOf } from './read-field.ts';
import { sizeAnnotations } from './replica-set-history.ts';

const COMPONENT = 'deployment-controller';

/** One Deployment on its way. */
export interface Rollout {
  readonly context: ControllerContext;
  readonly deployment: KubernetesObject;
  readonly spec: DeploymentSpec;
}

/** How many pods a ReplicaSet asks for. */
export function replicasOf({ spec }: KubernetesObject): number {
  return countOf(fieldsOf(spec).replicas, 1);
}

/** Lets a ReplicaSet ask for another number of pods. @returns it as it is then */
export function scaleReplicaSet(rollout: Rollout, replicaSet: KubernetesObject, replicas: number): KubernetesObject {
  const { context, spec } = rollout;
  const from = replicasOf(replicaSet);
  const annotations = { ...replicaSet.metadata.annotations, ...sizeAnnotations(spec) };
  const scaled = context.store.replace({
    ...replicaSet,
    metadata: { ...replicaSet.metadata, annotations },
    spec: { ...fieldsOf(replicaSet.spec), replicas },
  });
  if (replicas !== from) tellScaling(rollout, { name: replicaSet.metadata.name, from, to: replicas });
  return scaled;
}

/** Records that a ReplicaSet was scaled. */
export function tellScaling(
  { context, deployment }: Rollout,
  { name, from, to }: { readonly name: string; readonly from: number; readonly to: number },
): void {
  const message = `Scaled ${to > from ? 'up' : 'down'} replica set ${name} from ${from} to ${to}`;
  context.events.record({ about: deployment, reason: 'ScalingReplicaSet', message, component: COMPONENT });
}
