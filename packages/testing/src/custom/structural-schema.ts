import { type Fields, isFields } from '../documents/fields.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';

/** What a structural schema says of a value beyond its validation: which fields it has, and what they are when they are absent. */
export interface StructuralSchema {
  readonly properties: ReadonlyMap<string, StructuralSchema>;
  /** Of `additionalProperties`: any name is a field. Without a schema nothing is known of the values. */
  readonly additional: { readonly schema: StructuralSchema | undefined } | undefined;
  readonly items: StructuralSchema | undefined;
  readonly isNullable: boolean;
  readonly default: { readonly value: unknown } | undefined;
  readonly keepsUnknown: boolean;
  /** The value is itself an object of Kubernetes, with a kind and metadata. */
  readonly isEmbedded: boolean;
  readonly listType: unknown;
  readonly listMapKeys: readonly string[];
}

/** Reads an `openAPIV3Schema` (<https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/>). */
export function structuralSchema(schema: Fields): StructuralSchema {
  const { properties, additionalProperties: additional, items } = schema;
  const keys = schema['x-kubernetes-list-map-keys'];
  return {
    properties: new Map(Object.entries(fieldsOf(properties)).map(([name, field]) => [name, readSchema(field)])),
    additional:
      additional === true
        ? { schema: undefined }
        : isFields(additional)
          ? { schema: structuralSchema(additional) }
          : undefined,
    items: isFields(items) ? structuralSchema(items) : undefined,
    isNullable: schema.nullable === true,
    default: schema.default === undefined || schema.default === null ? undefined : { value: schema.default },
    keepsUnknown: schema['x-kubernetes-preserve-unknown-fields'] === true,
    isEmbedded: schema['x-kubernetes-embedded-resource'] === true,
    listType: schema['x-kubernetes-list-type'],
    listMapKeys: Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [],
  };
}

/** The schema of a field, by its name; `undefined` for one that is not known. */
export function fieldSchema(schema: StructuralSchema, name: string): StructuralSchema | undefined {
  return schema.properties.get(name) ?? schema.additional?.schema;
}

function readSchema(field: unknown): StructuralSchema {
  return structuralSchema(fieldsOf(field));
}
