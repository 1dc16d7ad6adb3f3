import { expect, test } from 'vitest';
import type { PortForwardEvent } from '../../src/model/forward-events.ts';
import type { PortForwardInfo } from '../../src/model/forward-info.ts';
import { connectLocal, howItEnds } from '../helpers/local-client.ts';
import { startManager } from '../helpers/start-manager.ts';

const config = { podName: 'web-0', localPort: 0, remotePort: 7001 } as const;

function describe(event: PortForwardEvent): string {
  return event.type === 'removed' ? event.type : `${event.type} ${event.forwardInfo.status}`;
}

test('a forward that is stopped while it starts says so once', async () => {
  await using fixture = await startManager();
  const { manager } = fixture;
  const seen: string[] = [];
  const stopped = Promise.withResolvers<void>();
  manager.onForwardsChanged((event) => {
    seen.push(describe(event));
    if (event.type === 'added') manager.stopForward(event.forwardId).then(stopped.resolve, stopped.reject);
  });
  await expect(manager.startForward(config)).rejects.toThrow('The forward was stopped');
  await stopped.promise;
  expect(seen).toEqual(['added connecting', 'updated stopped', 'removed']);
});

test('a start that its caller aborted is no error', async () => {
  await using fixture = await startManager();
  const controller = new AbortController();
  const seen: string[] = [];
  fixture.manager.onForwardsChanged((event) => {
    seen.push(describe(event));
    if (event.type === 'added') controller.abort();
  });
  await expect(fixture.manager.startForward({ ...config, signal: controller.signal })).rejects.toThrow();
  expect(seen).not.toContain('updated error');
});

test('the handle tells the error of its forward, as every forward info does', async () => {
  await using fixture = await startManager();
  const forward = await fixture.manager.startForward(config);
  await fixture.cluster.deletePod({ name: 'web-0' });
  await howItEnds(await connectLocal(forward.localPort));
  await expect.poll(() => forward.status).toBe('error');
  const info: PortForwardInfo = forward;
  expect(info.error).toContain('There is no pod "web-0"');
});
