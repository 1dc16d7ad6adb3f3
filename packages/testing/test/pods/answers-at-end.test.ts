import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { expect, test } from 'vitest';
import { answersAtEnd } from '../../src/pods/answers-at-end.ts';
import { talk } from './helpers/talk.ts';

test('answers once the client has ended, then ends', async () => {
  await using pod = await talk(answersAtEnd('bye'));
  pod.say('a lot', { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('bye');
});

test('does not answer before the client has ended', async () => {
  const [client, server] = duplexPair();
  const order: string[] = [];
  server.once('end', () => order.push('end of the client'));
  client.on('data', () => order.push('answer'));
  void answersAtEnd()(server, { port: 80, podName: 'web', namespace: 'default' });
  client.write('a lot');
  await once(server, 'data');
  client.end();
  await once(client, 'end');
  expect(order).toEqual(['end of the client', 'answer']);
});
