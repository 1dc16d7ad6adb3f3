import { expect, test } from 'vitest';
import { replyAndClose } from '../../src/pods/reply-and-close.ts';
import { talk } from './helpers/talk.ts';

test.each([
  [replyAndClose(), 'done'],
  [replyAndClose('bye'), 'bye'],
])('a text comes and then the end, whatever the client does', async (handler, text) => {
  await using pod = await talk(handler);
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe(text);
});
