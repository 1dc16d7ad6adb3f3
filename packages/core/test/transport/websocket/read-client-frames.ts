import type { Socket } from 'node:net';

/** One frame as a client sent it, with its mask taken off. */
export interface ClientFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Reads the frames of a WebSocket client (RFC 6455 §5.2) as they come, until it ends. Frames that carry no mask are an error. */
export async function* readClientFrames(socket: Socket): AsyncGenerator<ClientFrame, void> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    for (let frame = firstFrame(bytes); frame; frame = firstFrame(bytes)) {
      bytes = bytes.subarray(frame.length);
      yield frame;
    }
  }
}

function firstFrame(bytes: Buffer): (ClientFrame & { readonly length: number }) | undefined {
  if (bytes.length < 2) return undefined;
  const lengthBits = bytes.readUInt8(1) & 0x7f;
  if (bytes.readUInt8(1) < 0x80) throw new Error('A frame of the client carries no mask');
  const keyAt = lengthBits === 126 ? 4 : lengthBits === 127 ? 10 : 2;
  if (bytes.length < keyAt + 4) return undefined;
  const payloadLength =
    keyAt === 4 ? bytes.readUInt16BE(2) : keyAt === 10 ? Number(bytes.readBigUInt64BE(2)) : lengthBits;
  const end = keyAt + 4 + payloadLength;
  if (bytes.length < end) return undefined;
  const key = bytes.subarray(keyAt, keyAt + 4);
  const payload = Buffer.from(bytes.subarray(keyAt + 4, end).map((byte, i) => byte ^ (key[i % 4] as number)));
  return { opcode: bytes.readUInt8(0) & 0x0f, payload, length: end };
}
