import type { Type } from 'protobufjs/light.js';
import type { FieldFacts } from '../schema/field-facts.ts';
import type { TypeTable } from '../schema/type-table.ts';

/** A decoded message: its fields as `f` with their number, those that were on the wire as own properties. */
export type DecodedMessage = Readonly<Record<`f${number}`, unknown>>;

/** A field of a message if it was on the wire; protobufjs itself shows a default otherwise. */
export function wireField(message: DecodedMessage, number: number): unknown {
  return Object.hasOwn(message, `f${number}`) ? message[`f${number}`] : undefined;
}

type Protobuf = typeof import('protobufjs/light.js');

/** Readers of protobuf for the messages of a table; builds each when it is first asked for, and keeps it. */
export class ProtobufTypes {
  /** What the messages look like. */
  readonly table: TypeTable;
  readonly #protobuf: Protobuf;
  readonly #root: InstanceType<Protobuf['Root']>;

  constructor({ table, protobuf }: { table: TypeTable; protobuf: Protobuf }) {
    this.table = table;
    this.#protobuf = protobuf;
    this.#root = new protobuf.Root();
  }

  /**
   * Reads one message. Fields that it does not have, and fields of another wire type, are skipped.
   *
   * @throws Error for malformed bytes, and for more than 100 messages one in another.
   */
  decode({ name, bytes }: { name: string; bytes: Uint8Array }): DecodedMessage {
    return this.reflect(name).decode(bytes);
  }

  /**
   * The reflection of a message in protobufjs.
   *
   * @throws Error for a name that the table does not have.
   */
  reflect(name: string): Type {
    const known = this.#root.get(idOf(name));
    if (known !== null) return known as Type;
    const facts = this.table.fieldsOf(name);
    if (facts === undefined) throw new Error(`the table has no message ${name}`);
    const type = new this.#protobuf.Type(idOf(name));
    // The constructor that protobufjs would generate makes an array for every list: many, for a body of many empty messages.
    type.ctor = class extends this.#protobuf.Message {};
    // Before its fields: a message may hold messages of its own type.
    this.#root.add(type);
    for (const field of facts) if (field.number > 0) type.add(this.#reflectField(field));
    return type;
  }

  #reflectField({ number, type, shape }: FieldFacts) {
    const isMessage = this.table.fieldsOf(type) !== undefined;
    if (isMessage) this.reflect(type);
    const id = isMessage ? idOf(type) : type;
    if (shape === 'map') return new this.#protobuf.MapField(`f${number}`, number, 'string', id);
    return new this.#protobuf.Field(`f${number}`, number, id, shape === 'list' ? 'repeated' : 'optional');
  }
}

/** Loads protobufjs, which takes some milliseconds: the caller keeps the types, and asks when it first needs them. */
export async function loadProtobufTypes(table: TypeTable): Promise<ProtobufTypes> {
  const { default: protobuf } = await import('protobufjs/light.js');
  return new ProtobufTypes({ table, protobuf });
}

/** protobufjs reads a dot as a namespace. */
function idOf(name: string): string {
  return name.replaceAll('.', '_');
}
