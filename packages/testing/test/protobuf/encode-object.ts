import type { ProtobufTypes } from '../../src/protobuf/protobuf-types.ts';

/** What {@link encodeObject} takes. */
export interface EncodeObjectOptions {
  readonly types: ProtobufTypes;
  readonly apiVersion: string;
  readonly kind: string;
  /** The message of the kind. */
  readonly name: string;
  /** Its fields as `f` and their number. */
  readonly fields: Record<string, unknown>;
}

/** A body in protobuf as a client of Kubernetes sends it. */
export function encodeObject({ types, apiVersion, kind, name, fields }: EncodeObjectOptions): Buffer {
  const type = types.reflect(name);
  const raw = type.encode(type.fromObject(fields)).finish();
  const unknown = types.reflect('runtime.Unknown');
  const envelope = unknown.encode(unknown.fromObject({ f1: { f1: apiVersion, f2: kind }, f2: raw })).finish();
  return Buffer.concat([Buffer.from('k8s\0'), envelope]);
}
