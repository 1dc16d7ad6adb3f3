import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { connectLocal } from '../helpers/local-client.ts';
import { startManager } from '../helpers/start-manager.ts';

test('a local reset in the middle of an upload reaches the pod as a reset, not as an end', async () => {
  const served = Promise.withResolvers<Duplex>();
  await using fixture = await startManager({
    serve: {
      7100: (connection) => {
        connection.once('data', () => connection.write('go on'));
        connection.resume();
        served.resolve(connection);
      },
    },
  });
  const forward = await fixture.manager.startForward({
    podName: 'web-0',
    localPort: 0,
    remotePort: 7100,
    finHoldMs: 0,
  });
  const socket = await connectLocal(forward.localPort);
  socket.write(Buffer.alloc(1_000_000));
  for (let piece = 0; piece < 19; piece++) socket.write(Buffer.alloc(65_521));
  const inPod = await served.promise;
  const ended = once(inPod, 'end').then(() => 'end');
  const reset = once(inPod, 'close').then(
    () => 'close',
    () => 'reset',
  );
  await once(socket, 'data');
  socket.resetAndDestroy();
  const how = await Promise.race([ended.catch(() => 'reset'), reset]);
  inPod.destroy();
  expect(how).toBe('reset');
});
