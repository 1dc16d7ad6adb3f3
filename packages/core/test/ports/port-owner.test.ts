import { expect, test } from 'vitest';
import { findPortOwner } from '../../src/ports/port-owner.ts';
import { findFreePort, occupyPort } from '../helpers/occupy-port.ts';

const onLinux = process.platform === 'linux';

test.runIf(onLinux).each(['127.0.0.1', '::1'])('names the process that listens on %s', async (host) => {
  await using occupied = await occupyPort({ host });
  expect(await findPortOwner(occupied.port)).toEqual({ pid: process.pid, name: expect.stringMatching(/./) as string });
});

test('knows no owner of a port that nobody listens on', async () => {
  expect(await findPortOwner(await findFreePort())).toBeUndefined();
});

test.skipIf(onLinux)('knows no owner where the system does not tell', async () => {
  await using occupied = await occupyPort({ host: '127.0.0.1' });
  expect(await findPortOwner(occupied.port)).toBeUndefined();
});
