import { constants, inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { HeaderBlockWriter } from '../../../src/transport/spdy/header-block.ts';

const ZLIB_HEADER = '78bbe3c6a7c2';
const ZLIB_HEADER_LENGTH = 6;
const FLUSH_MARK = '000000ffff';
const ERROR_STREAM = { port: '80', requestid: '0', streamtype: 'error' };
const DATA_STREAM = { port: '80', requestid: '0', streamtype: 'data' };

/** Reads raw deflate blocks that are never finished, as the inflater of a SPDY server does. */
function inflate(blocks: Buffer): Buffer {
  return inflateRawSync(blocks, { finishFlush: constants.Z_SYNC_FLUSH });
}

/** Reads header blocks of SPDY/3, one behind the other: a count, then names and values, each led by its length. */
function decode(blocks: Buffer): Record<string, string>[] {
  const decoded: Record<string, string>[] = [];
  let offset = 0;
  const nextNumber = (): number => {
    offset += 4;
    return blocks.readUInt32BE(offset - 4);
  };
  const nextText = (): string => {
    const length = nextNumber();
    offset += length;
    return blocks.toString('latin1', offset - length, offset);
  };
  while (offset < blocks.length) {
    const entries = Array.from({ length: nextNumber() }, () => [nextText(), nextText()] as const);
    decoded.push(Object.fromEntries(entries));
  }
  return decoded;
}

test('the first block of a connection names the dictionary of SPDY/3', () => {
  const block = new HeaderBlockWriter().write(ERROR_STREAM);
  expect(block.toString('hex', 0, 6)).toBe(ZLIB_HEADER);
});

test('the zlib header is one: its check bits are right and its dictionary flag is set', () => {
  const block = new HeaderBlockWriter().write(ERROR_STREAM);
  expect(block.readUInt16BE(0) % 31).toBe(0);
  expect(block.readUInt8(1) & 0x20).toBe(0x20);
});

test('every block ends with a flush mark', () => {
  const writer = new HeaderBlockWriter();
  for (const headers of [ERROR_STREAM, DATA_STREAM, {}]) {
    expect(writer.write(headers).subarray(-5).toString('hex')).toBe(FLUSH_MARK);
  }
});

test('an inflater reads each block as soon as it is there', () => {
  const writer = new HeaderBlockWriter();
  const first = writer.write(ERROR_STREAM).subarray(ZLIB_HEADER_LENGTH);
  const second = writer.write(DATA_STREAM);
  expect(decode(inflate(first))).toEqual([ERROR_STREAM]);
  expect(decode(inflate(Buffer.concat([first, second])))).toEqual([ERROR_STREAM, DATA_STREAM]);
});

test('a thousand blocks are one stream', () => {
  const writer = new HeaderBlockWriter();
  const all = Array.from({ length: 1000 }, (_, requestId) => ({ ...DATA_STREAM, requestid: String(requestId) }));
  const written = Buffer.concat(all.map((headers) => writer.write(headers)));
  expect(decode(inflate(written.subarray(ZLIB_HEADER_LENGTH)))).toEqual(all);
});

test('no headers are a block too', () => {
  const block = new HeaderBlockWriter().write({});
  expect(decode(inflate(block.subarray(ZLIB_HEADER_LENGTH)))).toEqual([{}]);
});

test('two connections have a stream each', () => {
  const first = new HeaderBlockWriter().write(ERROR_STREAM);
  expect(new HeaderBlockWriter().write(ERROR_STREAM)).toEqual(first);
});
