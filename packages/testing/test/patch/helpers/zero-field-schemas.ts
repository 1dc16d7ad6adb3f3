import { KubernetesSchemas } from '../../../src/schema/kubernetes-schemas.ts';
import type { Schemas, TypeSchema } from '../../../src/schema/type-schema.ts';
import { loadTypeTable } from '../../../src/schema/type-table.ts';

/** The schemas of the built-in types, with the fields that Go writes even if they are empty. */
export async function loadSchemasWithZeroFields(): Promise<Schemas> {
  const table = await loadTypeTable();
  const schemas = new KubernetesSchemas(table);
  const zeroFields = (name: string): readonly string[] =>
    (table.fieldsOf(name) ?? []).flatMap((field) => {
      if (field.isInline) return zeroFields(field.type);
      const isStruct = field.shape === 'one' && !field.isPointer && schemas.ofType(field.type) !== undefined;
      return field.isAlways || (isStruct && !field.isOmittedZero) ? [field.name] : [];
    });
  const complete = (type: TypeSchema | undefined) => type && { ...type, zeroFields: zeroFields(type.name) };
  return { ofKind: (kind) => complete(schemas.ofKind(kind)), ofType: (name) => complete(schemas.ofType(name)) };
}
