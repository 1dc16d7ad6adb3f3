import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sink } from '../../src/pods/sink.ts';
import { talk } from './helpers/talk.ts';

test('the answer is the SHA-256 of as many bytes as announced', async () => {
  const bytes = Buffer.alloc(300_000, 'some bytes');
  await using pod = await talk(sink());
  pod.say(`${bytes.length}\n`);
  pod.say(bytes);
  pod.say('more than announced');
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe(`${createHash('sha256').update(bytes).digest('hex')}\n`);
});

test('no bytes have a SHA-256 too', async () => {
  await using pod = await talk(sink());
  pod.say('0\n');
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe(`${createHash('sha256').digest('hex')}\n`);
});

test('a client that ends without a count gets nothing', async () => {
  await using pod = await talk(sink());
  pod.say('12', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('');
});
