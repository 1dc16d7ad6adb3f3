import type { FieldFacts } from './field-facts.ts';
import { isSingleValue } from './single-value-types.ts';
import type { FieldSchema, Schemas, TypeSchema } from './type-schema.ts';
import { loadTypeTable, type TypeTable } from './type-table.ts';

/** The schemas of the built-in types out of a table; builds each when it is first asked for, and keeps it. */
export class KubernetesSchemas implements Schemas {
  readonly #table: TypeTable;
  readonly #types = new Map<string, TypeSchema>();

  constructor(table: TypeTable) {
    this.#table = table;
  }

  ofKind(kind: { readonly apiVersion: string; readonly kind: string }): TypeSchema | undefined {
    const name = this.#table.nameOfKind(kind);
    return name === undefined ? undefined : this.ofType(name);
  }

  ofType(name: string): TypeSchema | undefined {
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    const facts = isSingleValue(name) ? undefined : this.#table.fieldsOf(name);
    if (facts === undefined) return undefined;
    const fields = new Map(this.#flatten(name, facts).map((field) => [field.name, field]));
    const type: TypeSchema = {
      name,
      zeroFields: this.#zeroFields(facts),
      field: (fieldName) => fields.get(fieldName),
    };
    this.#types.set(name, type);
    return type;
  }

  #zeroFields(facts: readonly FieldFacts[]): readonly string[] {
    return facts.flatMap((field) => {
      if (field.isInline) return this.#zeroFields(this.#table.fieldsOf(field.type) ?? []);
      const isStruct = field.shape === 'one' && !field.isPointer && this.#isStruct(field.type);
      return field.isAlways || (isStruct && !field.isOmittedZero) ? [field.name] : [];
    });
  }

  /** Without building the type: a type may hold itself. */
  #isStruct(name: string): boolean {
    return !isSingleValue(name) && this.#table.fieldsOf(name) !== undefined;
  }

  #flatten(owner: string, facts: readonly FieldFacts[]): readonly FieldSchema[] {
    return facts.flatMap((field) => {
      if (field.isInline) return this.#flatten(field.type, this.#table.fieldsOf(field.type) ?? []);
      return [toFieldSchema(field, this.#table.goTypeOf(owner, field))];
    });
  }
}

/** Loads the table of the built-in types and makes schemas of it. The caller keeps them. */
export async function loadKubernetesSchemas(): Promise<Schemas> {
  return new KubernetesSchemas(await loadTypeTable());
}

function toFieldSchema(facts: FieldFacts, goType: string): FieldSchema {
  const { name, type, shape, isPointer, isAlways, patchMergeKey, patchStrategy, list, isAtomic } = facts;
  const [listType, ...listMapKeys] = list ?? [];
  return {
    name,
    type,
    shape,
    goType,
    ...(isPointer ? { isPointer } : {}),
    ...(isAlways ? { isAlways } : {}),
    ...(patchMergeKey === undefined ? {} : { patchMergeKey }),
    ...(patchStrategy === undefined
      ? {}
      : { patchStrategy: patchStrategy as NonNullable<FieldSchema['patchStrategy']> }),
    ...(listType === undefined ? {} : { listType: listType as NonNullable<FieldSchema['listType']> }),
    ...(listMapKeys.length === 0 ? {} : { listMapKeys }),
    ...(isAtomic ? { mapType: 'atomic' } : {}),
  };
}
