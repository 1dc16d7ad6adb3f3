import { expect, test } from 'vitest';
import { http } from '../../src/pods/http.ts';
import { talk } from './helpers/talk.ts';

test('requests on one connection are answered by the listener', async () => {
  await using pod = await talk(
    http((request, response) => {
      response.end(`you asked for ${request.url}`);
    }),
  );
  pod.say('GET /one HTTP/1.1\r\nHost: web\r\n\r\n');
  await pod.until(() => pod.heard().includes('you asked for /one'));
  pod.say('GET /two HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n');
  await pod.until(() => pod.ended());
  expect(pod.heard().match(/HTTP\/1\.1 200 OK/g)).toHaveLength(2);
  expect(pod.heard()).toContain('you asked for /two');
});

test('each pod has a server of its own', async () => {
  await using first = await talk(http((_request, response) => void response.end('first')));
  await using second = await talk(http((_request, response) => void response.end('second')));
  for (const pod of [first, second]) pod.say('GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n');
  await first.until(() => first.ended());
  await second.until(() => second.ended());
  expect(first.heard()).toMatch(/first$/);
  expect(second.heard()).toMatch(/second$/);
});
