import { constants, deflateRawSync } from 'node:zlib';
import { SPDY_DICTIONARY_ID } from './dictionary.ts';

/** Types of control frames (SPDY/3 draft, section 2.6). */
export const FRAME = { synStream: 1, synReply: 2, rstStream: 3, settings: 4, ping: 6, goAway: 7, headers: 8 } as const;

/** Statuses of RST_STREAM (SPDY/3 draft, section 2.6.3). */
export const RST = { protocolError: 1, invalidStream: 2, refusedStream: 3, cancel: 5 } as const;

/** Statuses of GOAWAY (SPDY/3 draft, section 2.6.6). */
export const GOAWAY = { ok: 0, protocolError: 1 } as const;

/** The flag of the last frame of a stream in one direction. */
export const FLAG_FIN = 0x01;

const CONTROL_VERSION = 0x8003;

function controlFrame({ type, payload }: { type: number; payload: Buffer }): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt16BE(CONTROL_VERSION, 0);
  header.writeUInt16BE(type, 2);
  header.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([header, payload]);
}

function uint32s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
}

/** A DATA frame. */
export function dataFrame(frame: { streamId: number; payload: Buffer; fin: boolean }): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(frame.streamId, 0);
  header.writeUInt8(frame.fin ? FLAG_FIN : 0, 4);
  header.writeUIntBE(frame.payload.length, 5, 3);
  return frame.payload.length === 0 ? header : Buffer.concat([header, frame.payload]);
}

/**
 * A SYN_REPLY without headers. Its header block belongs to the one zlib stream of this direction, so the first one (`first`) carries the
 * header of that stream. Blocks do not refer to each other.
 */
export function synReplyFrame({ streamId, first }: { streamId: number; first: boolean }): Buffer {
  const noHeaders = deflateRawSync(uint32s(0), { finishFlush: constants.Z_SYNC_FLUSH });
  const zlibHeader = first ? Buffer.concat([Buffer.from([0x78, 0xbb]), uint32s(SPDY_DICTIONARY_ID)]) : Buffer.alloc(0);
  return controlFrame({ type: FRAME.synReply, payload: Buffer.concat([uint32s(streamId), zlibHeader, noHeaders]) });
}

/** Ends a stream in both directions at once. */
export function rstStreamFrame({ streamId, status }: { streamId: number; status: number }): Buffer {
  return controlFrame({ type: FRAME.rstStream, payload: uint32s(streamId, status) });
}

/** A ping, or its echo. */
export function pingFrame(id: number): Buffer {
  return controlFrame({ type: FRAME.ping, payload: uint32s(id) });
}

/** Announces the end of a session. */
export function goAwayFrame({ lastStreamId, status }: { lastStreamId: number; status: number }): Buffer {
  return controlFrame({ type: FRAME.goAway, payload: uint32s(lastStreamId, status) });
}
