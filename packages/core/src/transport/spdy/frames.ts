/** Frame types of SPDY/3.1 that occur in port-forward (SPDY/3 draft §2.6). */
export const FRAME_TYPE = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
  windowUpdate: 9,
} as const;

/** Flag of SYN_STREAM and DATA: this side sends no more on the stream. */
export const FLAG_FIN = 1;

/** Status of RST_STREAM: the sender gives the stream up (SPDY/3 draft §2.6.3). */
export const STATUS_CANCEL = 5;

/** The most that one DATA frame can carry, in bytes: its length field has 24 bits. */
export const MAX_DATA_LENGTH: number = 2 ** 24 - 1;

/** A control frame: version 3, type, flags, length, payload. */
function controlFrame(type: number, flags: number, payloadLength: number): Buffer {
  const frame = Buffer.allocUnsafe(8 + payloadLength);
  frame.writeUInt16BE(0x8003, 0);
  frame.writeUInt16BE(type, 2);
  frame.writeUInt32BE(flags * 2 ** 24 + payloadLength, 4);
  return frame;
}

/** SYN_STREAM: opens a stream. With `fin` this side never sends on it. */
export function synStreamFrame(options: {
  readonly streamId: number;
  readonly fin: boolean;
  readonly headerBlock: Buffer;
}): Buffer {
  const frame = controlFrame(FRAME_TYPE.synStream, options.fin ? FLAG_FIN : 0, 10 + options.headerBlock.length);
  frame.writeUInt32BE(options.streamId, 8);
  frame.writeUInt32BE(0, 12); // no associated stream
  frame.writeUInt16BE(0, 16); // highest priority, no credential slot
  options.headerBlock.copy(frame, 18);
  return frame;
}

/** RST_STREAM: both directions of a stream are over. */
export function rstStreamFrame(streamId: number, status: number): Buffer {
  const frame = controlFrame(FRAME_TYPE.rstStream, 0, 8);
  frame.writeUInt32BE(streamId, 8);
  frame.writeUInt32BE(status, 12);
  return frame;
}

/** PING: the peer sends the same id back. A client's ids are odd. */
export function pingFrame(id: number): Buffer {
  const frame = controlFrame(FRAME_TYPE.ping, 0, 4);
  frame.writeUInt32BE(id, 8);
  return frame;
}

/** The eight bytes before the payload of a DATA frame. */
export function dataHeader(streamId: number, length: number, fin: boolean): Buffer {
  const header = Buffer.allocUnsafe(8);
  header.writeUInt32BE(streamId, 0);
  header.writeUInt32BE((fin ? FLAG_FIN : 0) * 2 ** 24 + length, 4);
  return header;
}
