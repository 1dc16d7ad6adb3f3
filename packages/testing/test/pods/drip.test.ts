import { expect, test } from 'vitest';
import { drip } from '../../src/pods/drip.ts';
import { talk } from './helpers/talk.ts';

test('one byte comes after the other, for as long as the connection lives', async () => {
  await using pod = await talk(drip({ intervalMs: 2 }));
  await pod.until(() => pod.heard().length >= 5);
  expect(pod.heard()).toMatch(/^\.+$/);
  expect(pod.ended()).toBe(false);
  pod.client.duplex.destroy();
  await pod.server.sessions[0]?.closed;
  expect(pod.server.errors).toEqual([]);
});
