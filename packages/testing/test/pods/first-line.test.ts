import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { firstLine, firstLineCount } from '../../src/pods/first-line.ts';

function streamOf(...chunks: readonly string[]): PassThrough {
  const stream = new PassThrough();
  for (const chunk of chunks) stream.write(chunk);
  return stream;
}

test('the line is read wherever it is cut, and what comes after it is left', async () => {
  const stream = streamOf('he', 'llo\nthe ', 'rest');
  expect(await firstLine(stream)).toBe('hello');
  stream.end();
  expect((await stream.toArray()).join('')).toBe('the rest');
});

test('a stream that ends before a line has none', async () => {
  const stream = streamOf('12');
  stream.end();
  expect(await firstLineCount(stream)).toBeUndefined();
});

test('the count is a whole number', async () => {
  expect(await firstLineCount(streamOf('12\r\n'))).toBe(12);
  await expect(firstLineCount(streamOf('-1\n'))).rejects.toThrow('no whole number');
  await expect(firstLineCount(streamOf('1e3\n'))).rejects.toThrow('no whole number');
});

test('a line without end is given up', async () => {
  await expect(firstLine(streamOf('x'.repeat(1025)))).rejects.toThrow('longer than 1024 bytes');
  await expect(firstLine(streamOf(`${'x'.repeat(1025)}\n`))).rejects.toThrow('longer than 1024 bytes');
  expect(await firstLine(streamOf(`${'x'.repeat(1024)}\n`))).toBe('x'.repeat(1024));
});
