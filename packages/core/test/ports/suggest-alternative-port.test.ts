import { expect, test } from 'vitest';
import { findNextAvailablePort } from '../../src/ports/find-next-available-port.ts';
import { isPortAvailable } from '../../src/ports/is-port-available.ts';
import { suggestAlternativePort } from '../../src/ports/suggest-alternative-port.ts';
import { findFreePort, occupyPort } from '../helpers/occupy-port.ts';

test('Auto-suggest same port for local if available', async () => {
  const remotePort = await findFreePort();
  expect(await findNextAvailablePort({ startPort: remotePort })).toBe(remotePort);
});

test('Suggest alternative port when default is in use', async () => {
  await using occupied = await occupyPort({ host: '127.0.0.1' });
  const suggested = await suggestAlternativePort({ requestedPort: occupied.port });
  expect(suggested).toBeGreaterThan(occupied.port);
  expect(suggested).toBeLessThanOrEqual(occupied.port + 100);
  expect(await isPortAvailable({ port: suggested })).toBe(true);
});

test('never suggests the port that was asked for', async () => {
  const requestedPort = await findFreePort();
  expect(await suggestAlternativePort({ requestedPort })).not.toBe(requestedPort);
});

test.each([
  [80, 8080],
  [443, 8443],
  [1023, 9023],
])('suggests for %i, which needs rights, %i or the next free one', async (requestedPort, first) => {
  const suggested = await suggestAlternativePort({ requestedPort });
  expect(suggested).toBeGreaterThanOrEqual(first);
  expect(suggested).toBeLessThan(first + 100);
});

test('goes on at 1024 behind 65535', async () => {
  await using last = await occupyPort({ host: '::1', port: 65_535 });
  const suggested = await suggestAlternativePort({ requestedPort: last.port, addresses: ['::1'] });
  expect(suggested).toBeGreaterThanOrEqual(1024);
  expect(suggested).toBeLessThan(1024 + 100);
});

test('suggests any port that the system has when none is free near by', async () => {
  const suggested = await suggestAlternativePort({ requestedPort: 8080, addresses: ['203.0.113.1'] });
  expect(suggested).not.toBe(8080);
  expect(await isPortAvailable({ port: suggested })).toBe(true);
});
