import { expect, test } from 'vitest';
import { speaksFirst } from '../../src/pods/speaks-first.ts';
import { talk } from './helpers/talk.ts';

test('the text comes before the client has said anything, then its words come back', async () => {
  await using pod = await talk(speaksFirst('220 ready\r\n'));
  await pod.until(() => pod.heard() === '220 ready\r\n');
  pod.say('HELO', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('220 ready\r\nHELO');
});
