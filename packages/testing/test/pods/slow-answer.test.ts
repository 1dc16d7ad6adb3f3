import { expect, test } from 'vitest';
import { slowAnswer } from '../../src/pods/slow-answer.ts';
import { talk } from './helpers/talk.ts';

test('all pieces come although the client has ended before', async () => {
  await using pod = await talk(slowAnswer({ pieces: 5, intervalMs: 5 }));
  pod.say('question\n', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('ab'.repeat(5));
});

test('a connection that is lost ends the answer without an error', async () => {
  await using pod = await talk(slowAnswer({ intervalMs: 3_600_000 }));
  pod.say('question\n');
  await pod.until(() => pod.heard() === 'ab');
  pod.client.duplex.destroy();
  await pod.server.sessions[0]?.closed;
  expect(pod.server.errors).toEqual([]);
});
