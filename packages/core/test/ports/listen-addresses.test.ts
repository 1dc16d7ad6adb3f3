import { expect, test } from 'vitest';
import { OptionsError } from '../../src/errors/options-error.ts';
import { listenAddresses } from '../../src/ports/listen-addresses.ts';

test('localhost stands for both loopback addresses, of which one may be missing', () => {
  expect(listenAddresses(['localhost'])).toEqual([
    { host: '127.0.0.1', optional: true },
    { host: '::1', optional: true },
  ]);
});

test.each(['127.0.0.1', '127.0.0.53', '0.0.0.0', '203.0.113.1', '::1', '::', 'fe80::1'])(
  'an address that is named, as %s, must be there',
  (address) => {
    expect(listenAddresses([address])).toEqual([{ host: address, optional: false }]);
  },
);

test('keeps the order and drops what is said twice', () => {
  const hosts = listenAddresses(['::1', '10.0.0.1', 'localhost', '10.0.0.1', '::1']).map(({ host }) => host);
  expect(hosts).toEqual(['::1', '10.0.0.1', '127.0.0.1']);
});

test.each([
  ['an address that is named beside localhost must be there', ['localhost', '127.0.0.1']],
  ['also when it is named first', ['127.0.0.1', 'localhost']],
])('%s', (_title, addresses) => {
  expect(listenAddresses(addresses)).toContainEqual({ host: '127.0.0.1', optional: false });
});

test.each(['example.org', '', '127.0.0', '127.0.0.1:80', '[::1]', 'LOCALHOST', '256.0.0.1'])(
  'refuses %j, with its place and what to use instead',
  (address) => {
    expect(() => listenAddresses(['127.0.0.1', address])).toThrow(OptionsError);
    expect(() => listenAddresses(['127.0.0.1', address])).toThrow(
      expect.objectContaining({
        problems: [{ path: 'address[1]', message: `"${address}" is not an IP address` }],
        hint: expect.stringContaining('localhost') as string,
      }),
    );
  },
);
