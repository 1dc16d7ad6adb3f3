import { expect, test } from 'vitest';
import { silence } from '../../src/pods/silence.ts';
import { ping } from '../port-forward/helpers/spdy-client.ts';
import { talk } from './helpers/talk.ts';

test('nothing is ever said, and the end comes after that of the client', async () => {
  await using pod = await talk(silence());
  pod.say(Buffer.alloc(1_000_000));
  pod.client.send(ping(1));
  await pod.until(() => pod.client.frames.at(-1)?.type === 'ping');
  expect(pod.ended()).toBe(false);
  pod.say('', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('');
});
