import { loadProtobufTypes, type ProtobufTypes } from '../protobuf/protobuf-types.ts';
import { KubernetesSchemas } from '../schema/kubernetes-schemas.ts';
import type { Schemas } from '../schema/type-schema.ts';
import { loadTypeTable, type TypeTable } from '../schema/type-table.ts';

/** What the built-in types look like, loaded when a request first needs it: most clusters only ever read. */
export class TypeKnowledge {
  #table: Promise<TypeTable> | undefined;
  #schemas: Promise<Schemas> | undefined;
  #protobuf: Promise<ProtobufTypes> | undefined;

  schemas(): Promise<Schemas> {
    this.#schemas ??= this.#loadTable().then((table) => new KubernetesSchemas(table));
    return this.#schemas;
  }

  protobuf(): Promise<ProtobufTypes> {
    this.#protobuf ??= this.#loadTable().then(loadProtobufTypes);
    return this.#protobuf;
  }

  #loadTable(): Promise<TypeTable> {
    this.#table ??= loadTypeTable();
    return this.#table;
  }
}
