import { echo } from '@kforge/testing';
import { expect, test } from 'vitest';
import { echoThrough } from '../helpers/local-client.ts';
import { startManager } from '../helpers/start-manager.ts';

test('over the legacy carrier too, a forward to a service finds the pod that came after', async () => {
  await using fixture = await startManager({
    cluster: { portForward: { tunnel: false, spdy: false, legacy: true } },
  });
  const { cluster, manager } = fixture;
  cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 7001 }] });
  const forward = await manager.startForward({ target: 'svc/web', localPort: 0, remotePort: 80 });
  await cluster.deletePod({ name: 'web-0' });
  cluster.addPod({ name: 'web-1', labels: { app: 'web' }, serve: { 7001: echo() } });
  expect(await echoThrough(forward.localPort, 'again')).toBe('again');
  expect(forward.podName).toBe('web-1');
});

test('a server that was busy for a moment is not taken for one that knows the legacy carrier only', async () => {
  let upgrades = 0;
  await using fixture = await startManager({
    cluster: {
      authorize: ({ subresource }) => {
        if (subresource === 'portforward') fixture.cluster.refusePortForward(++upgrades <= 4 ? 503 : undefined);
        return true;
      },
    },
  });
  const config = { podName: 'web-0', localPort: 0, remotePort: 7001 } as const;
  await expect(fixture.manager.startForward(config)).rejects.toMatchObject({ code: 'API_ERROR', status: 503 });
  const later = await fixture.manager.startForward(config);
  expect(later.snapshot().carrier).toBe('websocket-tunnel');
});
