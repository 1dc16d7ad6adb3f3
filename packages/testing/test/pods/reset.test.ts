import { expect, test } from 'vitest';
import { reset } from '../../src/pods/reset.ts';
import { talk } from './helpers/talk.ts';

test('the first byte resets the connection, which is no error of the server', async () => {
  await using pod = await talk(reset());
  expect(pod.failure()).toBe('');
  pod.say('x');
  await pod.until(() => pod.failure() !== '');
  expect(pod.failure()).toContain('connection reset by peer');
  expect(pod.server.errors).toEqual([]);
});
