/** One field of a Kubernetes type, as JSON names it. */
export interface FieldSchema {
  /** The name in JSON. */
  readonly name: string;
  /** A message of the schema (`io.k8s.api.core.v1.Container` is written `core.v1.Container`), or a scalar such as `string`. */
  readonly type: string;
  /** `one`, `list` of the type, or `map` from strings to the type. */
  readonly shape: 'one' | 'list' | 'map';
  /** The type in Go, as its errors name it, without the `*` of a pointer: `types.UID`, `[]v1.Container`. */
  readonly goType: string;
  /** A pointer in Go: JSON has the field whenever it is set, be it to zero. @default false */
  readonly isPointer?: boolean;
  /** Without `omitempty` in Go: JSON has the field even if it is empty. @default false */
  readonly isAlways?: boolean;
  /** The key of the items that a strategic merge patch merges by; absent: the list is replaced, unless `patchStrategy` merges scalars. */
  readonly patchMergeKey?: string;
  /** Of a strategic merge patch: `merge`, `retainKeys`, both, or none of them. */
  readonly patchStrategy?: readonly ('merge' | 'retainKeys' | 'replace')[];
  /** How server-side apply treats a list. @default 'atomic' */
  readonly listType?: 'atomic' | 'set' | 'map';
  /** The keys of the items of a list of type `map`. */
  readonly listMapKeys?: readonly string[];
  /** How server-side apply treats an object or a map. @default 'granular' */
  readonly mapType?: 'atomic' | 'granular';
}

/** The fields of one Kubernetes type. Fields of embedded types stand among those of the type that embeds them, as in JSON. */
export interface TypeSchema {
  /** Such as `core.v1.Container`. */
  readonly name: string;
  /** The fields that Go writes even when they are empty, which is how a real server comes to own them. */
  readonly zeroFields: readonly string[];
  /** `undefined` for a field that the type does not have. */
  field(name: string): FieldSchema | undefined;
}

/** What the built-in types look like. Custom resources have no schema. */
export interface Schemas {
  /** The type of a kind, such as `apps/v1`, `Deployment`; `undefined` for a kind that is not built in. */
  ofKind(kind: { readonly apiVersion: string; readonly kind: string }): TypeSchema | undefined;
  /** A type by its name, as `FieldSchema.type` has it; `undefined` for a scalar. */
  ofType(name: string): TypeSchema | undefined;
}
