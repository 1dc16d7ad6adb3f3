import { expect, test } from 'vitest';
import { ProtocolViolationError } from '../../../src/errors/transport-errors.ts';
import { SpdyFrameParser } from '../../../src/transport/spdy/frame-parser.ts';
import { SeededRandom } from '../../helpers/seeded-random.ts';
import { joinPieces, readFrames } from './record-frames.ts';
import { RECORDED_BYTES, RECORDED_EVENTS } from './recorded-conversation.ts';

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}

test('reads a recorded conversation in one piece, each frame once', () => {
  expect(readFrames([RECORDED_BYTES])).toEqual(RECORDED_EVENTS);
});

test('reads it the same when it is split at any place', () => {
  const expected = joinPieces(RECORDED_EVENTS);
  for (let at = 1; at < RECORDED_BYTES.length; at++) {
    const pieces = [RECORDED_BYTES.subarray(0, at), RECORDED_BYTES.subarray(at)];
    expect(joinPieces(readFrames(pieces)), `split at ${at}`).toEqual(expected);
  }
});

test('reads it the same byte by byte', () => {
  const bytes = Array.from(RECORDED_BYTES, (byte) => Buffer.of(byte));
  expect(joinPieces(readFrames(bytes))).toEqual(joinPieces(RECORDED_EVENTS));
});

test.each([
  ['a SYN_REPLY', '8003 0002 00000004 00000001', { type: 'synReply', streamId: 1, fin: false }],
  ['a SYN_REPLY that ends its stream', '8003 0002 01000004 00000001', { type: 'synReply', streamId: 1, fin: true }],
  ['a RST_STREAM', '8003 0003 00000008 00000003 00000005', { type: 'rstStream', streamId: 3, status: 5 }],
  ['a PING', '8003 0006 00000004 fffffffe', { type: 'ping', id: 0xffff_fffe }],
  ['a GOAWAY', '8003 0007 00000008 00000003 00000000', { type: 'goAway' }],
  ['an end without data', '00000003 01000000', { type: 'data', streamId: 3, payload: '', fin: true }],
  ['DATA without bytes or an end', '00000003 00000000', { type: 'data', streamId: 3, payload: '', fin: false }],
  [
    'DATA of the highest stream',
    '7fffffff 01000001 61',
    { type: 'data', streamId: 0x7fff_ffff, payload: 'a', fin: true },
  ],
  ['DATA with unknown flags', '00000003 fe000001 61', { type: 'data', streamId: 3, payload: 'a', fin: false }],
])('reads %s', (_name, bytes, event) => {
  expect(readFrames([hex(bytes)])).toEqual([event]);
});

test('the reserved bit of a stream id says nothing', () => {
  const frames = hex('8003 0002 00000004 80000001 8003 0003 00000008 80000003 00000001');
  expect(readFrames([frames])).toEqual([
    { type: 'synReply', streamId: 1, fin: false },
    { type: 'rstStream', streamId: 3, status: 1 },
  ]);
});

test.each([
  ['SETTINGS', '8003 0004 0000000c 00000001 00000007 00010000'],
  ['SETTINGS without entries', '8003 0004 00000000'],
  ['HEADERS', '8003 0008 00000005 00000003 00'],
  ['WINDOW_UPDATE', '8003 0009 00000008 00000003 00010000'],
  ['a frame of a type to come', '8003 ffff 00000003 616263'],
])('skips %s and reads on behind it', (_name, bytes) => {
  const ping = hex('8003 0006 00000004 00000001');
  expect(readFrames([hex(bytes), ping])).toEqual([{ type: 'ping', id: 1 }]);
  expect(readFrames([Buffer.concat([hex(bytes), ping])])).toEqual([{ type: 'ping', id: 1 }]);
});

test('skips the header block of a reply, however it is split', () => {
  const reply = Buffer.concat([hex('8003 0002 00001388 00000007'), Buffer.alloc(5000 - 4, 0xff)]);
  const ping = hex('8003 0006 00000004 00000001');
  const pieces = [reply.subarray(0, 10), reply.subarray(10, 13), reply.subarray(13, 4000), reply.subarray(4000), ping];
  expect(readFrames(pieces)).toEqual([
    { type: 'synReply', streamId: 7, fin: false },
    { type: 'ping', id: 1 },
  ]);
});

test('hands the bytes of a long DATA frame on as they come, and its end with the last of them', () => {
  const header = hex('00000003 01ffffff');
  const parser = collectData();
  parser.push(header);
  expect(parser.pieces).toEqual([]);
  const piece = Buffer.alloc(0x10000, 'x');
  for (let sent = 0; sent < 0xff; sent++) parser.push(piece);
  expect(parser.pieces).toHaveLength(0xff);
  expect(parser.pieces.every(({ fin }) => !fin)).toBe(true);
  parser.push(piece.subarray(1));
  expect(parser.pieces.at(-1)).toEqual({ length: 0xffff, fin: true });
});

test('hands bytes on without copying them', () => {
  const chunk = Buffer.concat([hex('00000003 00000004'), Buffer.from('data')]);
  const parser = collectData();
  parser.push(chunk);
  expect(parser.last?.buffer).toBe(chunk.buffer);
});

test('a piece that is all payload is handed on as it is', () => {
  const payload = Buffer.from('data');
  const parser = collectData();
  parser.push(hex('00000003 00000004'));
  parser.push(payload);
  expect(parser.last).toBe(payload);
});

test.each([
  ['data for stream 0', '00000000 00000001 61'],
  ['a control frame of version 2', '8002 0006 00000004 00000001'],
  ['a control frame of version 4', '8004 0006 00000004 00000001'],
  ['a stream that the server opens', '8003 0001 0000000a 00000002 00000000 0000'],
  ['a control frame of more than 64 KiB', '8003 0004 00010001'],
  ['a SYN_REPLY without a stream', '8003 0002 00000003 000000'],
  ['a RST_STREAM without a status', '8003 0003 00000004 00000001'],
  ['a PING without an id', '8003 0006 00000000'],
  ['a GOAWAY without a stream', '8003 0007 00000000'],
])('refuses %s', (_name, bytes) => {
  expect(() => readFrames([hex(bytes)])).toThrow(ProtocolViolationError);
  expect(() => readFrames(Array.from(hex(bytes), (byte) => Buffer.of(byte)))).toThrow(ProtocolViolationError);
});

test('finds what came before the bytes that it refuses', () => {
  const found: number[] = [];
  const parser = new SpdyFrameParser({ ...ignoring, onPing: (id) => found.push(id) });
  const bytes = hex('8003 0006 00000004 00000001 8003 0006 00000000');
  expect(() => parser.push(bytes)).toThrow('that is not SPDY/3.1: a control frame of type 6 with 0 bytes');
  expect(found).toEqual([1]);
});

test('random bytes are frames or a protocol violation, and nothing else', () => {
  const random = new SeededRandom();
  for (let round = 0; round < 2000; round++) {
    const bytes = round % 2 === 0 ? random.bytes(1 + random.below(100)) : random.damage(RECORDED_BYTES, 4);
    const outcome = outcomeOf(() => readFrames(random.cut(bytes)));
    expect(outcome, `KFORGE_TEST_SEED=${random.seed}, round ${round}`).toBe('read');
  }
});

const ignoring = {
  onData: () => undefined,
  onSynReply: () => undefined,
  onRstStream: () => undefined,
  onPing: (): unknown => undefined,
  onGoAway: () => undefined,
};

function collectData() {
  const pieces: { readonly length: number; readonly fin: boolean }[] = [];
  let last: Buffer | undefined;
  const parser = new SpdyFrameParser({
    ...ignoring,
    onData: (_streamId, piece, fin) => {
      pieces.push({ length: piece.length, fin });
      last = piece;
    },
  });
  return {
    pieces,
    push: (chunk: Buffer): void => parser.push(chunk),
    get last(): Buffer | undefined {
      return last;
    },
  };
}

function outcomeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (!(error instanceof ProtocolViolationError)) return error;
  }
  return 'read';
}
