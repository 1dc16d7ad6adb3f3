import { expect, test } from 'vitest';
import { ContainerLog, type LogRange } from '../../src/runtime/container-log.ts';

async function textOf(log: ContainerLog, range?: LogRange): Promise<string> {
  let text = '';
  for await (const chunk of log.read(range)) text += chunk;
  return text;
}

function logOf(lines: readonly string[]): ContainerLog {
  const log = new ContainerLog();
  for (const [index, line] of lines.entries()) log.write({ line, atMs: index * 1000 });
  return log;
}

test('lines are counted from the end, cut by age and by bytes, and carry their time', async () => {
  const log = logOf(['one', 'two', 'drei€']);
  expect(await textOf(log)).toBe('one\ntwo\ndrei€\n');
  expect(await textOf(log, { tailLines: 2 })).toBe('two\ndrei€\n');
  expect(await textOf(log, { tailLines: 0 })).toBe('');
  expect(await textOf(log, { sinceMs: 1000 })).toBe('two\ndrei€\n');
  expect(await textOf(log, { sinceMs: 5000 })).toBe('');
  expect(await textOf(log, { tailLines: 2, sinceMs: 2000 })).toBe('drei€\n');
  expect(await textOf(log, { limitBytes: 5 })).toBe('one\nt');
  expect(await textOf(log, { tailLines: 1, timestamps: true })).toBe('1970-01-01T00:00:02.000000000Z drei€\n');
});

test('a follower hears what comes until the container ends', async () => {
  const log = logOf(['one']);
  const reading = log.read({ follow: true });
  expect(await reading.next()).toEqual({ done: false, value: 'one\n' });
  const second = reading.next();
  log.write({ line: 'two', atMs: 0 });
  expect(await second).toEqual({ done: false, value: 'two\n' });
  log.write({ line: 'three', atMs: 0 });
  log.end();
  log.write({ line: 'never', atMs: 0 });
  expect(await reading.next()).toEqual({ done: false, value: 'three\n' });
  expect((await reading.next()).done).toBe(true);
});

test('a follower leaves when its signal aborts, before and while it waits', async () => {
  const log = logOf(['one']);
  expect(await textOf(log, { follow: true, signal: AbortSignal.abort() })).toBe('');
  const leaving = new AbortController();
  const reading = log.read({ follow: true, signal: leaving.signal });
  await reading.next();
  const next = reading.next();
  leaving.abort();
  expect((await next).done).toBe(true);
});

test('a follower gets no more bytes than it asked for', async () => {
  const log = logOf(['one']);
  const reading = log.read({ follow: true, limitBytes: 6 });
  await reading.next();
  log.write({ line: 'two', atMs: 0 });
  expect((await reading.next()).value).toBe('tw');
  expect((await reading.next()).done).toBe(true);
});

test('the oldest lines give way, by number and by bytes', async () => {
  const many = logOf(Array.from({ length: 10_002 }, (_, index) => `${index}`));
  expect((await textOf(many)).split('\n').slice(0, 1)).toEqual(['2']);
  const long = logOf(['a'.repeat(600_000), 'b'.repeat(600_000)]);
  expect((await textOf(long)).startsWith('b')).toBe(true);
});
