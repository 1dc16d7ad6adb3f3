import { PassThrough } from 'node:stream';
import { constants, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { HeaderInflater } from '../../../src/port-forward/spdy/header-inflater.ts';
import { SpdyClient } from '../helpers/spdy-client.ts';

const WITH_DICTIONARY = Buffer.from('78bbe3c6a7c2', 'hex');
const WITHOUT_DICTIONARY = Buffer.from('7801', 'hex');

/** One header `a: b`. */
const ONE_HEADER = Buffer.from('00000001' + '0000000161' + '0000000162', 'hex');

/** A block that is not compressed, with the empty one that flushes it. */
function stored(bytes: Buffer): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0]);
  header.writeUInt16LE(bytes.length, 1);
  header.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return Buffer.concat([header, bytes, Buffer.from('000000ffff', 'hex')]);
}

test('blocks of one zlib stream are read after far more than its window has passed', async () => {
  const client = new SpdyClient(new PassThrough());
  const inflater = new HeaderInflater();
  for (let index = 0; index < 60; index += 1) {
    const headers = { streamtype: 'data', port: '80', requestid: String(index), noise: `${index}-`.repeat(500) };
    const frame = await client.synStream(index * 2 + 1, headers);
    expect(Object.fromEntries(inflater.inflate(frame.subarray(18)))).toEqual(headers);
  }
});

test.each([
  ['with', WITH_DICTIONARY],
  ['without', WITHOUT_DICTIONARY],
])('stored blocks are read, %s the dictionary bit', (_name, start) => {
  const inflater = new HeaderInflater();
  expect(inflater.inflate(Buffer.concat([start, stored(ONE_HEADER)])).get('a')).toBe('b');
  expect(inflater.inflate(stored(ONE_HEADER)).get('a')).toBe('b');
});

test.each([
  ['no zlib stream', Buffer.from('0102030405060708', 'hex'), 'does not begin a zlib stream'],
  ['nothing', Buffer.alloc(0), 'does not begin a zlib stream'],
  [
    'another dictionary',
    Buffer.concat([Buffer.from('78bb00000001', 'hex'), stored(ONE_HEADER)]),
    'not the one of SPDY/3',
  ],
  ['no deflate', Buffer.concat([WITH_DICTIONARY, Buffer.from('ffffffffff', 'hex')]), 'cannot be inflated'],
  [
    'too few bytes',
    Buffer.concat([WITH_DICTIONARY, stored(ONE_HEADER.subarray(0, -1))]),
    'ends before its last header',
  ],
  [
    'too many headers',
    Buffer.concat([WITH_DICTIONARY, stored(Buffer.from('ffffffff', 'hex'))]),
    'more than 64 headers',
  ],
  [
    'a header that comes twice',
    Buffer.concat([
      WITH_DICTIONARY,
      stored(Buffer.concat([Buffer.from('00000002', 'hex'), ONE_HEADER.subarray(4), ONE_HEADER.subarray(4)])),
    ]),
    'comes twice',
  ],
])('a first block of %s is refused', (_name, block, message) => {
  expect(() => new HeaderInflater().inflate(block)).toThrow(message);
});

test('a small block that would inflate to a large one is refused', () => {
  const bomb = deflateRawSync(Buffer.alloc(10_000_000), { finishFlush: constants.Z_SYNC_FLUSH });
  expect(bomb.length).toBeLessThan(64 * 1024);
  expect(() => new HeaderInflater().inflate(Buffer.concat([WITHOUT_DICTIONARY, bomb]))).toThrow('cannot be inflated');
});
