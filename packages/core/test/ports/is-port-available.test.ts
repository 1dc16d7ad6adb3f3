import { expect, test } from 'vitest';
import { isPortAvailable } from '../../src/ports/is-port-available.ts';
import { findFreePort, occupyPort } from '../helpers/occupy-port.ts';

test('a port that nobody holds is available, and stays so after the look', async () => {
  const port = await findFreePort();
  expect(await isPortAvailable({ port })).toBe(true);
  await using mine = await occupyPort({ host: '127.0.0.1', port });
  expect(mine.port).toBe(port);
});

test.each(['127.0.0.1', '::1'])('a port that is taken on %s alone is not available', async (host) => {
  await using occupied = await occupyPort({ host });
  expect(await isPortAvailable({ port: occupied.port })).toBe(false);
});

test('a port that is taken on another address is available on this one', async () => {
  await using occupied = await occupyPort({ host: '::1' });
  expect(await isPortAvailable({ port: occupied.port, addresses: ['127.0.0.1'] })).toBe(true);
});

test('no port is available on an address of another machine', async () => {
  expect(await isPortAvailable({ port: 8080, addresses: ['203.0.113.1'] })).toBe(false);
});

test('an address that is none is an error and no answer', async () => {
  await expect(isPortAvailable({ port: 8080, addresses: ['nowhere'] })).rejects.toThrow(
    '"nowhere" is not an IP address',
  );
});

test.each([-1, 65_536, 1.5, Number.NaN])('%d is no port, which is an error of this package', async (port) => {
  await expect(isPortAvailable({ port })).rejects.toThrow(expect.objectContaining({ code: 'OPTIONS_INVALID' }));
});
