import { badRequest } from '../errors/statuses.ts';
import type { ResourceAttributes } from './access-review.ts';

/** What every Kubernetes object in protobuf begins with. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);
/** Field numbers of `k8s.io.api.authorization.v1.ResourceAttributes`, from its generated.proto. */
const ATTRIBUTES: Readonly<Record<number, keyof ResourceAttributes>> = {
  1: 'namespace',
  2: 'verb',
  3: 'group',
  5: 'resource',
  6: 'subresource',
  7: 'name',
};

/**
 * Reads the attributes of a SelfSubjectAccessReview as kubectl from 1.32 on sends it: `k8s\0`, then `runtime.Unknown` with the object in
 * field 2, its spec in field 2, the resource attributes in field 1 of that.
 *
 * @throws StatusError 400 for anything else.
 */
export function decodeAccessReview(body: Buffer): ResourceAttributes | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw malformed();
  const object = readFields(body.subarray(MAGIC.length)).get(2);
  const spec = object && readFields(object).get(2);
  const attributes = spec && readFields(spec).get(1);
  if (!attributes) return undefined;
  const entries = [...readFields(attributes)].flatMap(([number, value]) => {
    const name = ATTRIBUTES[number];
    return name === undefined ? [] : [[name, value.toString('utf8')]];
  });
  return Object.fromEntries(entries) as ResourceAttributes;
}

/** The length-delimited fields of a message by their number, the last of each; numbers are skipped. */
function readFields(message: Buffer): ReadonlyMap<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let factor = 1; factor < 2 ** 49; factor *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw malformed();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw malformed();
  };
  while (at < message.length) {
    const tag = readVarint();
    const wireType = tag & 7;
    if (wireType === 0) readVarint();
    else if (wireType === 2) {
      const end = readVarint() + at;
      if (end > message.length) throw malformed();
      fields.set(Math.floor(tag / 8), message.subarray(at, end));
      at = end;
    } else throw malformed();
  }
  return fields;
}

function malformed(): Error {
  return badRequest('the body is no SelfSubjectAccessReview in protobuf');
}
