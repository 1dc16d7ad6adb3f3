import { expect, test } from 'vitest';
import { OptionsError } from '../../src/errors/options-error.ts';
import { isPortName, isPortNumber, parsePortMapping } from '../../src/ports/parse-port.ts';

test.each([
  ['5000', 5000, 5000],
  ['5000:6000', 5000, 6000],
  [':5000', 0, 5000],
  ['0:5000', 0, 5000],
  ['8443:https', 8443, 'https'],
  ['https', 'same', 'https'],
  [':https', 0, 'https'],
  ['1', 1, 1],
  ['65535:65535', 65_535, 65_535],
  ['8080:dns-tcp', 8080, 'dns-tcp'],
])('reads %s as local %i to remote %s', (text, localPort, remotePort) => {
  expect(parsePortMapping(text)).toEqual({ localPort, remotePort });
});

test.each([
  '',
  ':',
  'a:b:c',
  '1:2:3',
  '5000:',
  '0',
  ':0',
  '5000:0',
  '65536',
  '65536:80',
  '80:65536',
  '-5:80',
  '-80',
  '80:-1',
  'a:80',
  'A',
  '1.5',
  '1.5:80',
  '1e3:80',
  '0x50:80',
  ' 80',
  '80 ',
  '80:80\n',
  '٨٠',
  '99999999999999999999',
])('refuses %j', (text) => {
  expect(() => parsePortMapping(text)).toThrow(OptionsError);
});

test('the refusal quotes the mapping, says what is wrong and shows how it is done', () => {
  expect(() => parsePortMapping('5000:0')).toThrow(
    expect.objectContaining({
      problems: [{ path: 'ports', message: '"5000:0" is no port mapping: Remote port must be between 1 and 65535' }],
      hint: expect.stringContaining('8080:80') as string,
    }),
  );
});

test('the refusal of a local port says its own range', () => {
  expect(() => parsePortMapping('65536:80')).toThrow('Local port must be between 0 and 65535');
});

test.each([
  [1, true],
  [80, true],
  [65_535, true],
  [0, false],
  [-1, false],
  [65_536, false],
  [80.5, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
])('that %d is a port number is %s', (port, expected) => {
  expect(isPortNumber(port)).toBe(expected);
});

test.each([
  ['http', true],
  ['a', true],
  ['1a', true],
  ['h2c-8080', true],
  ['fifteen-letters', true],
  ['', false],
  ['-http', false],
  ['http-', false],
  ['80', false],
  ['Http', false],
  ['ht_tp', false],
  ['ht tp', false],
  ['http\n', false],
  ['a'.repeat(64), false],
])('that %j is a port name is %s', (name, expected) => {
  expect(isPortName(name)).toBe(expected);
});

// The API server takes any RFC 1123 label as the name of a service's port; the 15 characters are those of a container's port.
test.each(['prometheus-operator-https', 'a--b', 'a'.repeat(63)])('%j is a port name, of a service', (name) => {
  expect(isPortName(name)).toBe(true);
});
