import type { StatusCause } from '../errors/status-error.ts';
import type { KubernetesObject, ObjectInput } from './kubernetes-object.ts';

/** Everything that can be done with objects. */
export const OBJECT_VERBS: readonly string[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** A part of a resource with a path of its own, such as `pods/portforward`. */
export interface Subresource {
  readonly name: string;
  readonly kind: string;
  /** The API group and version of the kind, where they are not those of the resource. */
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

/** A column that a custom resource shows in tables, beside its name. */
export interface PrinterColumn {
  readonly name: string;
  /** @default 'string' */
  readonly type?: string;
  /** Such as `.spec.replicas`. */
  readonly jsonPath: string;
  /** Above 0: only with `-o wide`. @default 0 */
  readonly priority?: number;
}

/** Where objects of a custom kind have what their subresource `scale` shows, as paths such as `.spec.replicas`. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
  /** Absent: the scale names no selector. */
  readonly labelSelectorPath: string | undefined;
}

/** What a custom kind demands of its objects. */
export interface ObjectRules {
  /** Makes ready what {@link causes} needs. */
  load(): Promise<void>;
  /** The object with defaults and without fields that the kind does not have; `unknown` says which those were. */
  decode(object: Readonly<Record<string, unknown>>): {
    readonly object: Readonly<Record<string, unknown>>;
    readonly unknown: readonly string[];
  };
  /**
   * What is wrong with an object.
   *
   * @param change `before`: the object that is to be replaced, whose mistakes are forgiven where they stay as they are
   * @throws StatusError 501 for rules that the simulated server cannot check.
   */
  causes(change: {
    readonly object: ObjectInput;
    readonly before?: KubernetesObject | undefined;
    readonly subresource?: string | undefined;
  }): readonly StatusCause[];
}

/** Says that objects are kept in another form than the one in which clients see them. */
export interface StoredForm {
  /** As which kind they are kept. It may be the same kind. */
  readonly kind: ResourceKind;
  toStored(object: ObjectInput): ObjectInput;
  fromStored(object: KubernetesObject): KubernetesObject;
}

/** One kind of object that the simulated server knows. */
export interface ResourceKind {
  /** The API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural name in paths. */
  readonly resource: string;
  readonly singular: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly Subresource[];
  /** Whether `metadata.generation` counts the changes of everything but `metadata` and `status`. @default false */
  readonly countsGenerations?: boolean;
  /** A kind that a test or a CustomResourceDefinition has added: it is not among the built-in schemas. @default false */
  readonly isCustom?: boolean;
  /** @default a custom kind takes every object */
  readonly rules?: ObjectRules | undefined;
  readonly scalePaths?: ScalePaths | undefined;
  /** @default objects are kept as they are seen */
  readonly storedAs?: StoredForm | undefined;
  readonly printerColumns?: readonly PrinterColumn[];
  /** Whether an update must say which version it changes: such objects are locks. @default false */
  readonly needsVersion?: boolean;
  /** What clients that use this kind are warned of. */
  readonly deprecation?: string;
}

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group === '' ? version : `${group}/${version}`;
}

/** Whether objects of a kind can be kept; reviews, for one, are only answered. */
export function isStored(kind: ResourceKind): boolean {
  return kind.verbs.includes('get');
}
