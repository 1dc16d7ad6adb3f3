import type { FieldSchema, Schemas, TypeSchema } from '../../schema/type-schema.ts';
import { type JsonObject, textField } from '../json-value.ts';

/** What server-side apply makes of a value. */
export type FieldKind =
  /** Owned as a whole: a scalar, or an atomic list or object. */
  | { readonly kind: 'leaf' }
  /** Without a schema: objects are granular maps, lists are atomic. */
  | { readonly kind: 'free' }
  | { readonly kind: 'struct'; readonly type: TypeSchema }
  /** The top of an object without a schema, of which only `metadata` is known. */
  | { readonly kind: 'custom'; readonly metadata: FieldKind }
  | { readonly kind: 'map'; readonly values: FieldKind }
  | { readonly kind: 'list'; readonly items: FieldKind; readonly keys: readonly string[] }
  | { readonly kind: 'set' };

const LEAF: FieldKind = { kind: 'leaf' };
const FREE: FieldKind = { kind: 'free' };

/** The types of items that are atomic although their list is not (`+structType=atomic` in k8s.io/api and k8s.io/apimachinery). */
const ATOMIC_ITEMS = new Set(['core.v1.LocalObjectReference', 'core.v1.ObjectReference', 'meta.v1.OwnerReference']);

/** Tells what the values in objects are, by the schemas. */
export class FieldKinds {
  readonly #schemas: Schemas;

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** What an object as a whole is. */
  ofObject(object: JsonObject): FieldKind {
    const type = this.#schemas.ofKind({ apiVersion: textField(object, 'apiVersion'), kind: textField(object, 'kind') });
    if (type !== undefined) return { kind: 'struct', type };
    const metadata = this.#schemas.ofKind({ apiVersion: 'v1', kind: 'ConfigMap' })?.field('metadata');
    return { kind: 'custom', metadata: metadata === undefined ? FREE : this.#ofField(metadata) };
  }

  /** What a field of an object or a map is. */
  ofField(parent: FieldKind, name: string): FieldKind {
    switch (parent.kind) {
      case 'struct': {
        const field = parent.type.field(name);
        return field === undefined ? FREE : this.#ofField(field);
      }
      case 'custom':
        return name === 'metadata' ? parent.metadata : name === 'apiVersion' || name === 'kind' ? LEAF : FREE;
      case 'map':
        return parent.values;
      case 'free':
        return FREE;
      case 'leaf':
      case 'list':
      case 'set':
        return LEAF;
    }
  }

  /** What the type of a struct says that its empty value has in JSON, and what that is. */
  zeroFields(parent: FieldKind): readonly (readonly [string, FieldKind])[] {
    const fields = parent.kind === 'struct' ? parent.type.zeroFields : [];
    return fields.map((name) => [name, this.ofField(parent, name)]);
  }

  #ofField({ type, shape, mapType, listType, listMapKeys }: FieldSchema): FieldKind {
    if (mapType === 'atomic') return LEAF;
    if (shape === 'map') return { kind: 'map', values: this.#ofType(type) };
    if (shape === 'one') return this.#ofType(type);
    if (listType === 'set') return { kind: 'set' };
    if (listType !== 'map') return LEAF;
    const items = ATOMIC_ITEMS.has(type) ? LEAF : this.#ofType(type);
    return { kind: 'list', items, keys: listMapKeys ?? [] };
  }

  #ofType(name: string): FieldKind {
    const type = this.#schemas.ofType(name);
    return type === undefined ? LEAF : { kind: 'struct', type };
  }
}

/** Whether the schema names the field, as opposed to a key of a map. */
export function isNamedField(parent: FieldKind, name: string): boolean {
  return parent.kind === 'custom' || (parent.kind === 'struct' && parent.type.field(name) !== undefined);
}
