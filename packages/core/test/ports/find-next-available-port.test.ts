import { expect, test } from 'vitest';
import { NoFreePortError } from '../../src/errors/port-errors.ts';
import { findNextAvailablePort } from '../../src/ports/find-next-available-port.ts';
import { isPortAvailable } from '../../src/ports/is-port-available.ts';
import { findFreePort, occupyPort } from '../helpers/occupy-port.ts';

test('is the first port itself where that is free', async () => {
  const startPort = await findFreePort();
  expect(await findNextAvailablePort({ startPort })).toBe(startPort);
});

test('goes upwards from a port that is taken', async () => {
  await using occupied = await occupyPort({ host: '127.0.0.1' });
  const port = await findNextAvailablePort({ startPort: occupied.port });
  expect(port).toBeGreaterThan(occupied.port);
  expect(port).toBeLessThan(occupied.port + 100);
  expect(await isPortAvailable({ port })).toBe(true);
});

test('looks at the addresses that are asked for', async () => {
  await using occupied = await occupyPort({ host: '::1' });
  const startPort = occupied.port;
  expect(await findNextAvailablePort({ startPort, addresses: ['127.0.0.1'] })).toBe(startPort);
});

test('goes on at 1024 behind 65535', async () => {
  await using last = await occupyPort({ host: '127.0.0.1', port: 65_535 });
  const port = await findNextAvailablePort({ startPort: last.port, addresses: ['127.0.0.1'] });
  expect(port).toBeGreaterThanOrEqual(1024);
  expect(port).toBeLessThan(1024 + 100);
});

test('takes a start outside the range as its nearest end', async () => {
  expect(await findNextAvailablePort({ startPort: 70_000 })).toBeGreaterThanOrEqual(1024);
  expect(await findNextAvailablePort({ startPort: -3 })).toBeGreaterThanOrEqual(1);
});

test('gives up after 100 ports', async () => {
  await expect(findNextAvailablePort({ startPort: 8080, addresses: ['203.0.113.1'] })).rejects.toThrow(NoFreePortError);
});
