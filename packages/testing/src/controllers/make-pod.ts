import { fieldsOf } from '../objects/defaults/fields.ts';
import { podDefaults } from '../objects/defaults/pod-defaults.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject, ObjectInput } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import { controllerReference } from './owner-reference.ts';
import { listOf, textsOf } from './read-field.ts';

/** A pod that a controller makes for its owner. */
export interface PodOfTemplate {
  readonly owner: KubernetesObject;
  /** The template as the owner has it. */
  readonly template: unknown;
  readonly name: string;
  /** Labels beside those of the template. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Fields of `spec` in the place of those of the template. */
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly generateName?: string;
}

/** The object of a pod from a template, with the fields of `spec` that the API server fills in for every pod. */
export function podOfTemplate(options: PodOfTemplate): ObjectInput {
  const { owner, name, generateName } = options;
  const { metadata, spec } = fieldsOf(options.template);
  const fields = fieldsOf(metadata);
  const annotations = { ...textsOf(fields.annotations), ...options.annotations };
  const finalizers = listOf(fields.finalizers).filter((finalizer) => typeof finalizer === 'string');
  const given = { ...fieldsOf(spec), ...options.spec };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(generateName !== undefined && { generateName }),
      namespace: owner.metadata.namespace,
      labels: { ...textsOf(fields.labels), ...options.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
      ...(finalizers.length > 0 && { finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec: podDefaults({ ...given, containers: listOf(given.containers) }),
    status: { phase: 'Pending' },
  };
}

/** Whether something can be made in a namespace: it is there and is not being deleted. */
export function takesObjects(store: ObjectStore, namespace: string | undefined): boolean {
  if (namespace === undefined) return true;
  const found = store.get({ kind: builtInKind('Namespace'), namespace: undefined, name: namespace });
  return found !== undefined && found.metadata.deletionTimestamp === undefined;
}
