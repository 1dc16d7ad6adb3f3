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
  /** A kind that a test or a CustomResourceDefinition has added: it has no schema. @default false */
  readonly isCustom?: boolean;
  readonly printerColumns?: readonly PrinterColumn[];
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
