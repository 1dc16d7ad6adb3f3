import { expect, test } from 'vitest';
import { neverReads } from '../../src/pods/never-reads.ts';
import { ping } from '../port-forward/helpers/spdy-client.ts';
import { talk } from './helpers/talk.ts';

test('a little is held for it, and the connection stays open', async () => {
  await using pod = await talk(neverReads());
  pod.say('unread', { fin: true });
  pod.client.send(ping(1));
  await pod.until(() => pod.client.frames.at(-1)?.type === 'ping');
  expect(pod.server.sessions[0]?.streams).toBe(1);
  expect(pod.ended()).toBe(false);
});
