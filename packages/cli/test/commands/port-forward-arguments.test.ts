import { expect, test } from 'vitest';
import { type PortForwardFlags, portForwardConfig } from '../../src/commands/port-forward-arguments.ts';

const flags: PortForwardFlags = { address: 'localhost', podRunningTimeout: '1m0s' };

test('reads TYPE/NAME and ports as kubectl does', () => {
  expect(portForwardConfig(['svc/web', '8080:80', ':http'], flags)).toMatchObject({
    target: { kind: 'service', name: 'web' },
    ports: [
      { localPort: 8080, remotePort: 80 },
      { localPort: 0, remotePort: 'http' },
    ],
    address: ['localhost'],
    podRunningTimeoutMs: 60_000,
  });
});

test('takes every word as a port when a selector is given', () => {
  expect(portForwardConfig(['8080', '9090'], { ...flags, selector: 'app=web' })).toMatchObject({
    target: { kind: 'selector', selector: 'app=web' },
    ports: [{ remotePort: 8080 }, { remotePort: 9090 }],
  });
});

test('splits the list of addresses', () => {
  const config = portForwardConfig(['web', '80'], { ...flags, address: '127.0.0.1, 10.0.0.1' });
  expect(config.address).toEqual(['127.0.0.1', '10.0.0.1']);
});

test('--local replaces the local port of the one mapping', () => {
  const config = portForwardConfig(['web', '80'], { ...flags, local: '9000' });
  expect(config.ports).toEqual([{ localPort: 9000, remotePort: 80 }]);
});

test.each([
  [[], flags],
  [['web'], flags],
  [['80'], { ...flags, selector: '', local: 'x' }],
  [['web', '80', '81'], { ...flags, local: '9000' }],
])('refuses %j', (words, given) => {
  expect(() => portForwardConfig(words, given)).toThrow();
});
