import { expect, test } from 'vitest';
import { FrameReader } from '../../../src/port-forward/spdy/frame-reader.ts';
import { control, data, ping } from '../helpers/spdy-client.ts';

function readInPieces(pieces: readonly Buffer[]): unknown {
  const streams = new Map<number, string>();
  const ended: number[] = [];
  const controls: unknown[] = [];
  const reader = new FrameReader({
    onData: ({ streamId, bytes, fin }) => {
      streams.set(streamId, (streams.get(streamId) ?? '') + bytes.toString('latin1'));
      if (fin) ended.push(streamId);
    },
    onControl: ({ type, flags, payload }) => controls.push({ type, flags, payload: payload.toString('hex') }),
  });
  for (const piece of pieces) reader.push(piece);
  return { streams: Object.fromEntries(streams), ended, controls };
}

const BYTES = Buffer.concat([
  ping(7),
  data(1, 'hello'),
  data(3, '', { fin: true }),
  control(4, Buffer.alloc(0), 1),
  data(1, ' there', { fin: true }),
]);
const WHOLE = {
  streams: { 1: 'hello there', 3: '' },
  ended: [3, 1],
  controls: [
    { type: 6, flags: 0, payload: '00000007' },
    { type: 4, flags: 1, payload: '' },
  ],
};

test('frames are the same wherever the bytes are cut', () => {
  expect(readInPieces([BYTES])).toEqual(WHOLE);
  expect(readInPieces([...BYTES].map((byte) => Buffer.from([byte])))).toEqual(WHOLE);
  for (let cut = 1; cut < BYTES.length; cut += 1) {
    expect(readInPieces([BYTES.subarray(0, cut), BYTES.subarray(cut)])).toEqual(WHOLE);
  }
});

test('the flag FIN of a DATA frame comes with its last byte only', () => {
  const [frame] = [data(1, 'abcdef', { fin: true })];
  expect(readInPieces([frame.subarray(0, -1)])).toMatchObject({ streams: { 1: 'abcde' }, ended: [] });
});

test('a control frame of another version is refused', () => {
  const frame = ping(1);
  frame.writeUInt8(2, 1);
  expect(() => readInPieces([frame])).toThrow('SPDY version 2');
});

test('a control frame that is too long is refused before its payload comes', () => {
  const header = control(1, Buffer.alloc(0));
  header.writeUIntBE(64 * 1024 + 11, 5, 3);
  expect(() => readInPieces([header])).toThrow('longer than');
});
