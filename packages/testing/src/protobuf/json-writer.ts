import type { FieldFacts } from '../schema/field-facts.ts';
import type { TypeTable } from '../schema/type-table.ts';
import { type DecodedMessage, wireField } from './protobuf-types.ts';
import { integer, singleValue } from './single-value.ts';

/** How many messages one body may have: an empty one takes two bytes there and a hundred times as much in memory. */
const MAX_MESSAGES = 200_000;
const EMPTY_SCALARS: ReadonlySet<unknown> = new Set(['', 0, false]);
const EMPTY: DecodedMessage = Object.freeze({});

type Entry = readonly [string, unknown];

/** Turns decoded messages into what `encoding/json` of Go writes for them. One writer serves one body, as it counts the messages. */
export class JsonWriter {
  readonly #table: TypeTable;
  #messagesLeft = MAX_MESSAGES;

  constructor(table: TypeTable) {
    this.#table = table;
  }

  /**
   * The fields of a message as JSON has them: those of embedded messages in their place, and without what Go leaves out.
   *
   * @throws Error for a value that JSON cannot have, and for more than 200,000 messages.
   */
  entries({ name, message }: { readonly name: string; readonly message: DecodedMessage }): readonly Entry[] {
    return (this.#table.fieldsOf(name) ?? []).flatMap((field) => {
      const wire = wireField(message, field.number);
      if (field.isInline) {
        return this.entries({ name: field.type, message: (wire as DecodedMessage | undefined) ?? EMPTY });
      }
      const value = this.#field({ field, wire });
      return value === undefined ? [] : [[field.name, value] as const];
    });
  }

  #field({ field, wire }: { field: FieldFacts; wire: unknown }): unknown {
    const whenEmpty = field.isAlways ? null : undefined;
    if (field.shape === 'list') {
      return wire === undefined ? whenEmpty : (wire as readonly unknown[]).map((item) => this.#value(field.type, item));
    }
    if (field.shape === 'map') {
      if (wire === undefined) return whenEmpty;
      // `fromEntries` and not an assignment: a key may be `__proto__`.
      return Object.fromEntries(
        Object.entries(wire as object).map(([key, item]) => [key, this.#value(field.type, item)]),
      );
    }
    if (wire === undefined && (field.isPointer || field.isOmittedZero || field.type === 'bytes')) return whenEmpty;
    const value = this.#value(field.type, wire);
    if (field.isOmittedZero && value === null) return undefined;
    const isEmptyScalar = this.#table.fieldsOf(field.type) === undefined && EMPTY_SCALARS.has(value);
    return isEmptyScalar && !field.isPointer && !field.isAlways ? undefined : value;
  }

  #value(type: string, wire: unknown): unknown {
    switch (type) {
      case 'string':
        return wire ?? '';
      case 'bool':
        return wire ?? false;
      case 'int32':
      case 'int64':
        return integer(wire);
      case 'double':
        return finite(wire ?? 0);
      case 'bytes':
        return Buffer.from((wire as Uint8Array | undefined) ?? []).toString('base64');
      default:
        return this.#message(type, (wire as DecodedMessage | undefined) ?? EMPTY);
    }
  }

  #message(type: string, message: DecodedMessage): unknown {
    if (this.#messagesLeft-- <= 0) throw new Error(`more than ${MAX_MESSAGES} messages`);
    const schemaOf = (schema: unknown) => this.#message('apiextensions.v1.JSONSchemaProps', schema as DecodedMessage);
    const single = singleValue({ type, message, schemaOf });
    return single === undefined ? Object.fromEntries(this.entries({ name: type, message })) : single.value;
  }
}

function finite(value: unknown): unknown {
  if (!Number.isFinite(value)) throw new Error(`JSON has no number ${String(value)}`);
  return value;
}
