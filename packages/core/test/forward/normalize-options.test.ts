import { expect, test } from 'vitest';
import { type OptionProblem, OptionsError } from '../../src/errors/options-error.ts';
import type { PortForwardConfig } from '../../src/forward/forward-options.ts';
import { normalizeOptions } from '../../src/forward/normalize-options.ts';

function problemsOf(config: PortForwardConfig): readonly OptionProblem[] {
  try {
    normalizeOptions(config);
  } catch (error) {
    if (error instanceof OptionsError) return error.problems;
    throw error;
  }
  return [];
}

const sentencesOf = (config: PortForwardConfig): readonly string[] => problemsOf(config).map(({ message }) => message);

test('completes the smallest wish with every default', () => {
  expect(normalizeOptions({ podName: 'web-0', remotePort: 80 })).toEqual({
    context: undefined,
    namespace: undefined,
    target: { kind: 'pod', name: 'web-0' },
    ports: [{ localPort: 80, remotePort: 80 }],
    addresses: ['localhost'],
    containerName: undefined,
    startTimeoutMs: 10_000,
    podRunningTimeoutMs: 10_000,
    finHoldMs: 500,
  });
});

test('keeps everything that was asked for', () => {
  const spec = normalizeOptions({
    target: 'svc/web',
    namespace: 'shop',
    context: 'kind',
    ports: ['8080:80', { localPort: 0, remotePort: 'metrics' }],
    address: ['127.0.0.1', '::1'],
    containerName: 'nginx',
    startTimeoutMs: 1,
    podRunningTimeoutMs: 2,
    finHoldMs: 0,
  });
  expect(spec).toEqual({
    context: 'kind',
    namespace: 'shop',
    target: { kind: 'service', name: 'web' },
    ports: [
      { localPort: 8080, remotePort: 80 },
      { localPort: 0, remotePort: 'metrics' },
    ],
    addresses: ['127.0.0.1', '::1'],
    containerName: 'nginx',
    startTimeoutMs: 1,
    podRunningTimeoutMs: 2,
    finHoldMs: 0,
  });
});

test('takes a target as an object and as text alike', () => {
  const asText = normalizeOptions({ target: 'deploy/web', ports: ['80'] });
  expect(normalizeOptions({ target: { kind: 'deployment', name: 'web' }, ports: ['80'] })).toEqual(asText);
});

test('hands out a spec that cannot be changed', () => {
  const spec = normalizeOptions({ podName: 'web-0', remotePort: 80 });
  expect(() => Object.assign(spec, { finHoldMs: 1 })).toThrow(TypeError);
});

test.each<[name: string, config: PortForwardConfig, localPort: number | 'same']>([
  ['the number of the remote port', { remotePort: 80 }, 80],
  ['the number that the name of the remote port stands for', { remotePort: 'http' }, 'same'],
  ['what was asked for', { localPort: 8080, remotePort: 80 }, 8080],
  ["the system's choice for 0", { localPort: 0, remotePort: 80 }, 0],
  ["the system's choice for auto", { localPort: 'auto', remotePort: 80 }, 0],
  ['the highest there is', { localPort: 65_535, remotePort: 65_535 }, 65_535],
  ['the number of a mapping that is one number', { ports: ['5000'] }, 5000],
  ['the first number of a mapping', { ports: ['5000:6000'] }, 5000],
  ["the system's choice for a mapping that begins with a colon", { ports: [':5000'] }, 0],
  ["the system's choice for a mapping from 0", { ports: ['0:5000'] }, 0],
  ['the first number of a mapping to a name', { ports: ['8443:https'] }, 8443],
  ['the number that the name of a mapping stands for', { ports: ['https'] }, 'same'],
])('the local port is %s', (_name, config, localPort) => {
  expect(normalizeOptions({ podName: 'web-0', ...config }).ports[0]?.localPort).toBe(localPort);
});

test('several ports may all be left to the system', () => {
  expect(normalizeOptions({ podName: 'web-0', ports: [':80', ':443', '0:53'] }).ports).toHaveLength(3);
});

test.each<[sentence: string, path: string, config: PortForwardConfig]>([
  ['Pod name is required', 'podName', { remotePort: 80 }],
  ['Pod name is required', 'podName', { podName: ' \t', remotePort: 80 }],
  ['Namespace is required', 'namespace', { podName: 'web-0', namespace: '', remotePort: 80 }],
  ['Namespace is required', 'namespace', { podName: 'web-0', namespace: '  ', remotePort: 80 }],
  ['Local port must be between 0 and 65535', 'localPort', { podName: 'web-0', localPort: 65_536, remotePort: 80 }],
  ['Local port must be between 0 and 65535', 'localPort', { podName: 'web-0', localPort: -2, remotePort: 80 }],
  ['Local port must be between 0 and 65535', 'localPort', { podName: 'web-0', localPort: 80.5, remotePort: 80 }],
  ['Local port must be between 0 and 65535', 'localPort', { podName: 'web-0', localPort: Number.NaN, remotePort: 80 }],
  [
    'Local port must be between 0 and 65535',
    'ports[1].localPort',
    { podName: 'web-0', ports: ['80', { localPort: 70_000, remotePort: 80 }] },
  ],
  ['Remote port must be between 1 and 65535', 'remotePort', { podName: 'web-0', localPort: 8080, remotePort: 0 }],
  ['Remote port must be between 1 and 65535', 'remotePort', { podName: 'web-0', localPort: 8080, remotePort: 65_536 }],
  ['Remote port must be between 1 and 65535', 'remotePort', { podName: 'web-0', localPort: 8080, remotePort: -1 }],
  ['Remote port must be between 1 and 65535', 'remotePort', { podName: 'web-0', localPort: 8080, remotePort: 1.5 }],
  ['Remote port must be between 1 and 65535', 'remotePort', { podName: 'web-0', localPort: 8080, remotePort: '' }],
  ['Remote port must be between 1 and 65535', 'remotePort', { podName: 'web-0', localPort: 8080, remotePort: 'a b' }],
  [
    'Remote port must be between 1 and 65535',
    'ports[0].remotePort',
    { podName: 'web-0', ports: [{ localPort: 80, remotePort: 0 }] },
  ],
  ['Remote port is required', 'remotePort', { podName: 'web-0', localPort: 8080 }],
  ['At least one port is required', 'ports', { podName: 'web-0', ports: [] }],
  ['Local port 8080 is asked for twice', 'ports', { podName: 'web-0', ports: ['8080:80', '8080:443'] }],
  ['Local port 80 is asked for twice', 'ports', { podName: 'web-0', ports: ['80', { localPort: 80, remotePort: 81 }] }],
  ['Give podName or target, not both', 'target', { podName: 'web-0', target: 'pod/web-0', remotePort: 80 }],
  ['Give ports, or localPort and remotePort, not both', 'ports', { podName: 'web-0', ports: ['80'], remotePort: 80 }],
  ['Give ports, or localPort and remotePort, not both', 'ports', { podName: 'web-0', ports: ['80'], localPort: 80 }],
  ['"example.org" is not an IP address', 'address[0]', { podName: 'web-0', remotePort: 80, address: 'example.org' }],
  [
    '"10.0.0.256" is not an IP address',
    'address[1]',
    { podName: 'web-0', remotePort: 80, address: ['localhost', '10.0.0.256'] },
  ],
  ['At least one address is required', 'address', { podName: 'web-0', remotePort: 80, address: [] }],
])('says "%s" of %s in %j', (sentence, path, config) => {
  expect(problemsOf(config)).toEqual([{ path, message: sentence }]);
});

test.each(['startTimeoutMs', 'podRunningTimeoutMs', 'finHoldMs'] as const)(
  'refuses a %s that no timer can keep',
  (name) => {
    for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
      expect(problemsOf({ podName: 'web-0', remotePort: 80, [name]: value })).toEqual([
        { path: name, message: `${name} must be a number of milliseconds from 0 to 2147483647` },
      ]);
    }
  },
);

test('refuses a target and a mapping that do not parse', () => {
  expect(problemsOf({ target: 'node/worker', ports: ['a:b:c'] }).map(({ path }) => path)).toEqual(['target', 'ports']);
});

test('reports what is wrong with the pod, the ports, the address, the namespace and the limits at once', () => {
  const config: PortForwardConfig = {
    podName: '',
    namespace: '',
    localPort: 8080,
    remotePort: 0,
    address: 'nowhere',
    startTimeoutMs: -1,
  };
  expect(problemsOf(config).map(({ path }) => path)).toEqual([
    'podName',
    'remotePort',
    'address[0]',
    'namespace',
    'startTimeoutMs',
  ]);
});

test('one message names every problem', () => {
  expect(() => normalizeOptions({ podName: '', namespace: '', localPort: 8080, remotePort: 0 })).toThrow(
    'Pod name is required; Remote port must be between 1 and 65535; Namespace is required',
  );
});

test('reports a bad local and a bad remote port together', () => {
  expect(sentencesOf({ podName: 'web-0', localPort: 70_000, remotePort: 0 })).toEqual([
    'Local port must be between 0 and 65535',
    'Remote port must be between 1 and 65535',
  ]);
});

test('reports every bad mapping of a list', () => {
  expect(problemsOf({ podName: 'web-0', ports: ['a:b:c', '0'] })).toHaveLength(2);
});

test('refuses -1 as a local port, whatever it means inside', () => {
  expect(sentencesOf({ podName: 'web-0', localPort: -1, remotePort: 80 })).toEqual([
    'Local port must be between 0 and 65535',
  ]);
});

test('refuses a target object that cannot be one', () => {
  expect(problemsOf({ target: { kind: 'pod', name: '' }, remotePort: 80 })).toHaveLength(1);
});

test('later changes of the options do not reach the spec', () => {
  const address = ['127.0.0.1'];
  const spec = normalizeOptions({ podName: 'web-0', remotePort: 80, address });
  address.push('0.0.0.0');
  expect(spec.addresses).toEqual(['127.0.0.1']);
});
