import { SpdyProtocolError } from './spdy-protocol-error.ts';

const MAX_STREAM_ID = 0x7fffffff;

/**
 * The payload of a control frame, if it is long enough.
 *
 * @throws SpdyProtocolError when it is shorter than `length` bytes.
 */
export function atLeast(payload: Buffer, length: number): Buffer {
  if (payload.length < length) throw new SpdyProtocolError(`a control frame is shorter than ${length} bytes`);
  return payload;
}

/** The stream that a control frame is about: the first 31 bits of its payload, which is at least 4 bytes long. */
export function streamIdIn(payload: Buffer): number {
  return payload.readUInt32BE(0) & MAX_STREAM_ID;
}
