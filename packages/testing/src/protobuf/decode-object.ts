import { unsupportedMediaType } from '../errors/refusals.ts';
import type { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import { JsonWriter } from './json-writer.ts';
import { type DecodedMessage, type ProtobufTypes, wireField } from './protobuf-types.ts';

/** The media type of the bodies that {@link decodeObject} reads. */
export const PROTOBUF_MEDIA_TYPE = 'application/vnd.kubernetes.protobuf';

/** What every object of Kubernetes in protobuf begins with: `k8s` and a zero byte. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
/** The longest body in bytes: the limit of the real server for any body. */
const MAX_BYTES = 3 * 1024 * 1024;

/** An object as JSON has it. */
export interface DecodedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** What {@link decodeObject} takes. */
export interface DecodeObjectOptions {
  readonly body: Buffer;
  readonly types: ProtobufTypes;
  /** What the path of the request takes: stands in for what the body leaves out, and is named in the errors. */
  readonly expected?: { readonly apiVersion: string; readonly kind: string } | undefined;
}

/**
 * Reads an object of a built-in kind in protobuf, as kubectl from 1.32 on and client-go send it, into what Go would write as JSON:
 * `k8s\0`, then `runtime.Unknown` with the kind in field 1 and the object in field 2 (k8s.io/apimachinery, pkg/runtime/serializer/protobuf).
 * Fields that the kind does not have are skipped.
 *
 * @throws StatusError 415 for a kind that is not built in; 400 for a malformed body, for one above 3 MiB, 200,000 messages or 100 messages
 * one in another, and for values that JSON cannot hold: integers above 2^53, times before the year 1 or after 9999.
 */
export function decodeObject({ body, types, expected }: DecodeObjectOptions): DecodedObject {
  const { kind, raw } = readEnvelope({ body, types, expected });
  const name = types.table.nameOfKind(kind);
  if (name === undefined) throw unsupportedMediaType(PROTOBUF_MEDIA_TYPE);
  try {
    const message = types.decode({ name, bytes: raw });
    const fields = new JsonWriter(types.table).entries({ name, message });
    return { kind: kind.kind, apiVersion: kind.apiVersion, ...Object.fromEntries(fields) };
  } catch (error) {
    const [version, handledAs] = [kind.apiVersion.split('/').at(-1), expected?.kind ?? kind.kind];
    throw badRequest(`${kind.kind} in version "${version}" cannot be handled as a ${handledAs}: ${sentenceOf(error)}`);
  }
}

function readEnvelope({ body, types, expected }: DecodeObjectOptions) {
  if (body.length === 0) throw unrecognized({ reason: 'empty data', expected });
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    const reason = `provided data does not appear to be a protobuf message, expected prefix [${MAGIC.join(' ')}]`;
    throw unrecognized({ reason, expected });
  }
  if (body.length === MAGIC.length) throw unrecognized({ reason: 'empty body', expected });
  if (body.length > MAX_BYTES) throw unrecognized({ reason: `longer than ${MAX_BYTES} bytes`, expected });
  const unknown = readUnknown({ body, types, expected });
  const typeMeta = (wireField(unknown, 1) ?? {}) as DecodedMessage;
  // Empty text counts as left out.
  const apiVersion = (wireField(typeMeta, 1) as string | undefined) || expected?.apiVersion;
  const kind = (wireField(typeMeta, 2) as string | undefined) || expected?.kind;
  if (kind === undefined) throw unrecognized({ reason: "Object 'Kind' is missing", expected });
  if (apiVersion === undefined) throw unrecognized({ reason: "Object 'apiVersion' is missing", expected });
  return { kind: { apiVersion, kind }, raw: (wireField(unknown, 2) as Uint8Array | undefined) ?? Buffer.alloc(0) };
}

function readUnknown({ body, types, expected }: DecodeObjectOptions): DecodedMessage {
  try {
    return types.decode({ name: 'runtime.Unknown', bytes: body.subarray(MAGIC.length) });
  } catch (error) {
    throw unrecognized({ reason: sentenceOf(error), expected });
  }
}

function unrecognized({
  reason,
  expected,
}: {
  reason: string;
  expected: DecodeObjectOptions['expected'];
}): StatusError {
  const type = expected === undefined ? '' : ` (must be of type ${expected.kind})`;
  return badRequest(`the object provided is unrecognized${type}: ${reason}`);
}

function sentenceOf(error: unknown): string {
  // What protobufjs calls an index is a length that reaches beyond the end; Go's words for that.
  if (error instanceof RangeError && error.message.startsWith('index out of range')) return 'unexpected EOF';
  return error instanceof Error ? error.message : String(error);
}
