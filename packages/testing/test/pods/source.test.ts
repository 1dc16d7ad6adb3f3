import { expect, test } from 'vitest';
import { source } from '../../src/pods/source.ts';
import { expectedPattern, talk } from './helpers/talk.ts';

test('as many bytes as asked for come, then the end', async () => {
  await using pod = await talk(source());
  pod.say('200000\n');
  await pod.until(() => pod.ended());
  expect(Buffer.from(pod.heard(), 'latin1').equals(expectedPattern(200_000))).toBe(true);
});

test('a client that ends without asking gets nothing', async () => {
  await using pod = await talk(source());
  pod.say('', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('');
});

test('a line that is no number resets the connection', async () => {
  await using pod = await talk(source());
  pod.say('many\n');
  await pod.until(() => pod.failure() !== '');
  expect(pod.failure()).toContain('connection reset by peer');
});
