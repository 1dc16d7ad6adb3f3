import { expect, test } from 'vitest';
import { ProtocolViolationError } from '../../../src/errors/transport-errors.ts';
import { OPCODE, WebSocketFrameParser } from '../../../src/transport/websocket/frame-parser.ts';
import { SeededRandom } from '../../helpers/seeded-random.ts';
import { serverFrame } from './server-frame.ts';

/** What a parser found: whole messages, as where their pieces are cut says nothing, and control frames in between. */
interface Found {
  readonly messages: string[];
  readonly control: string[];
}

function readFrames(pieces: readonly Buffer[]): Found {
  const messages: string[] = [];
  const control: string[] = [];
  const parser = new WebSocketFrameParser({
    onPiece(piece, isStart) {
      if (isStart) messages.push('');
      messages.push(`${messages.pop() ?? 'a piece of no message: '}${piece.toString('latin1')}`);
    },
    onPing: (payload) => control.push(`ping ${payload.toString('latin1')} after ${messages.at(-1)?.length ?? 0}`),
    onPong: () => control.push('pong'),
    onCloseFrame: (code, reason) => control.push(`close ${code} ${reason}`),
  });
  for (const piece of pieces) parser.push(piece);
  return { messages, control };
}

const closing = Buffer.concat([Buffer.of(0x03, 0xe8), Buffer.from('bye ✓')]);

const CONVERSATION = Buffer.concat([
  serverFrame({ opcode: OPCODE.binary, payload: 'whole' }),
  serverFrame({ opcode: OPCODE.ping, payload: 'are you there?' }),
  serverFrame({ opcode: OPCODE.binary, payload: 'in ', fin: false }),
  serverFrame({ opcode: OPCODE.ping }),
  serverFrame({ opcode: OPCODE.continuation, payload: 'three ', fin: false }),
  serverFrame({ opcode: OPCODE.pong, payload: 'x' }),
  serverFrame({ opcode: OPCODE.continuation, payload: 'parts' }),
  serverFrame({ opcode: OPCODE.binary, payload: 'a'.repeat(126) }),
  serverFrame({ opcode: OPCODE.pong }),
  serverFrame({ opcode: OPCODE.binary, payload: 'last', fin: false }),
  serverFrame({ opcode: OPCODE.continuation }),
  serverFrame({ opcode: OPCODE.close, payload: closing }),
]);

const FOUND: Found = {
  messages: ['whole', 'in three parts', 'a'.repeat(126), 'last'],
  control: ['ping are you there? after 5', 'ping  after 3', 'pong', 'pong', 'close 1000 bye ✓'],
};

test('reads messages, fragments and the pings between them', () => {
  expect(readFrames([CONVERSATION])).toEqual(FOUND);
});

test('reads the same when the bytes are split at any place', () => {
  for (let at = 1; at < CONVERSATION.length; at++) {
    const pieces = [CONVERSATION.subarray(0, at), CONVERSATION.subarray(at)];
    expect(readFrames(pieces), `split at ${at}`).toEqual(FOUND);
  }
});

test('reads the same byte by byte', () => {
  expect(readFrames(Array.from(CONVERSATION, (byte) => Buffer.of(byte)))).toEqual(FOUND);
});

test.each([0, 1, 125, 126, 65_535, 65_536, 1_000_000])('reads a message of %i bytes, and the next one', (length) => {
  const payload = Buffer.alloc(length, 'x');
  const bytes = Buffer.concat([
    serverFrame({ opcode: OPCODE.binary, payload }),
    serverFrame({ opcode: OPCODE.binary, payload: 'next' }),
  ]);
  const expected = length === 0 ? ['next'] : [payload.toString(), 'next'];
  for (const at of [1, 2, 3, 4, 5, 9, 10, 11]) {
    const { messages } = readFrames([bytes.subarray(0, at), bytes.subarray(at)]);
    expect(messages, `split at ${at}`).toEqual(expected);
  }
});

test('hands a message on piece by piece, without copying, however long its frame says it is', () => {
  const pieces: { readonly piece: Buffer; readonly isStart: boolean }[] = [];
  const parser = new WebSocketFrameParser({
    onPiece: (piece, isStart) => pieces.push({ piece, isStart }),
    onPing: () => undefined,
    onPong: () => undefined,
    onCloseFrame: () => undefined,
  });
  parser.push(Buffer.from('827f0000000100000000', 'hex'));
  expect(pieces).toEqual([]);
  const chunks = [Buffer.from('one'), Buffer.from('two')];
  for (const chunk of chunks) parser.push(chunk);
  expect(pieces.map(({ piece }) => piece.buffer)).toEqual(chunks.map(({ buffer }) => buffer));
  expect(pieces.map(({ isStart }) => isStart)).toEqual([true, false]);
});

test('marks the first piece of a message whose first fragment is empty', () => {
  const bytes = Buffer.concat([
    serverFrame({ opcode: OPCODE.binary, payload: 'before' }),
    serverFrame({ opcode: OPCODE.binary, fin: false }),
    serverFrame({ opcode: OPCODE.continuation, payload: 'behind' }),
  ]);
  expect(readFrames([bytes]).messages).toEqual(['before', 'behind']);
});

test.each([
  ['with a code and a reason', closing, 'close 1000 bye ✓'],
  ['with a code', Buffer.of(0x03, 0xf3), 'close 1011 '],
  ['without a code', Buffer.alloc(0), 'close undefined '],
])('reads a close frame %s', (_name, payload, expected) => {
  expect(readFrames([serverFrame({ opcode: OPCODE.close, payload })]).control).toEqual([expected]);
});

test('a control frame may have 125 bytes', () => {
  const payload = 'p'.repeat(125);
  expect(readFrames([serverFrame({ opcode: OPCODE.ping, payload })]).control).toEqual([`ping ${payload} after 0`]);
});

const open = serverFrame({ opcode: OPCODE.binary, payload: 'open', fin: false });

test.each([
  ['a frame with the first reserved bit', Buffer.of(0xc2, 0)],
  ['a frame with the second reserved bit', Buffer.of(0xa2, 0)],
  ['a frame with the third reserved bit', Buffer.of(0x92, 0)],
  ['a frame with a mask, which is for clients', Buffer.from('8285 37fa213d 7f9f4d5158'.replaceAll(' ', ''), 'hex')],
  ['a text message', serverFrame({ opcode: OPCODE.text, payload: 'text' })],
  ['a data frame of an unknown kind', serverFrame({ opcode: 3 })],
  ['a control frame of an unknown kind', serverFrame({ opcode: 11 })],
  ['a ping in fragments', serverFrame({ opcode: OPCODE.ping, fin: false })],
  ['a ping of 126 bytes', serverFrame({ opcode: OPCODE.ping, payload: Buffer.alloc(126) })],
  ['a close frame with a 64-bit length', serverFrame({ opcode: OPCODE.close, payload: Buffer.alloc(65_536) })],
  ['a continuation of nothing', serverFrame({ opcode: OPCODE.continuation, payload: 'on' })],
  ['a message inside a message', Buffer.concat([open, serverFrame({ opcode: OPCODE.binary, payload: 'new' })])],
  ['a frame longer than 2^48 bytes', Buffer.from('827f0001000000000000', 'hex')],
  ['a length with its highest bit set', Buffer.from('827f8000000000000000', 'hex')],
])('refuses %s', (_name, bytes) => {
  expect(() => readFrames([bytes])).toThrow(ProtocolViolationError);
  expect(() => readFrames(Array.from(bytes, (byte) => Buffer.of(byte)))).toThrow(ProtocolViolationError);
});

test('a refusal says what the cluster did', () => {
  expect(() => readFrames([Buffer.of(0xc2, 0)])).toThrow(
    'The cluster broke the WebSocket protocol: reserved bits are set',
  );
});

test('random bytes are frames or a protocol violation, and nothing else', () => {
  const random = new SeededRandom();
  for (let round = 0; round < 2000; round++) {
    const bytes = round % 2 === 0 ? random.bytes(1 + random.below(100)) : random.damage(CONVERSATION, 4);
    expect(outcomeOf(random.cut(bytes)), `KFORGE_TEST_SEED=${random.seed}, round ${round}`).toBe('read');
  }
});

function outcomeOf(pieces: readonly Buffer[]): unknown {
  try {
    readFrames(pieces);
  } catch (error) {
    if (!(error instanceof ProtocolViolationError)) return error;
  }
  return 'read';
}
