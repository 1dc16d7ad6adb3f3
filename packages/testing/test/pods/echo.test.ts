import { expect, test } from 'vitest';
import { echo } from '../../src/pods/echo.ts';
import { talk } from './helpers/talk.ts';

test('what is said comes back, and so does the end', async () => {
  await using pod = await talk(echo());
  pod.say('one');
  await pod.until(() => pod.heard() === 'one');
  expect(pod.ended()).toBe(false);
  pod.say(' two', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('one two');
});
