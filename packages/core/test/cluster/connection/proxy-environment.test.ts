import { expect, test } from 'vitest';
import { proxyFromEnvironment } from '../../../src/cluster/connection/proxy-environment.ts';
import { textWith } from '../../helpers/text-with.ts';

const proxyOf = (server: string, environment: NodeJS.ProcessEnv): string | undefined =>
  proxyFromEnvironment({ server: new URL(server), environment })?.href;

test('the scheme of the server chooses the variable', () => {
  const environment = { HTTPS_PROXY: 'http://secure:1', HTTP_PROXY: 'http://plain:2' };
  expect(proxyOf('https://kube.example.com', environment)).toBe('http://secure:1/');
  expect(proxyOf('http://kube.example.com', environment)).toBe('http://plain:2/');
});

test('upper case counts before lower case, and an empty variable is none', () => {
  expect(proxyOf('https://a.example', { HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' })).toBe(
    'http://upper/',
  );
  expect(proxyOf('https://a.example', { HTTPS_PROXY: '', https_proxy: 'http://lower' })).toBe('http://lower/');
  expect(proxyOf('https://a.example', {})).toBeUndefined();
});

test('a proxy without a scheme is an HTTP proxy', () => {
  expect(proxyOf('https://a.example', { HTTPS_PROXY: 'proxy.example:3128' })).toBe('http://proxy.example:3128/');
});

test.each(['ftp://proxy', 'http://me:s3cret@', '://'])('%s is no proxy, and is not repeated', (proxy) => {
  expect(() => proxyOf('https://a.example', { HTTPS_PROXY: proxy })).toThrowError(
    expect.objectContaining({ code: 'PROXY_FAILED', message: textWith(/HTTPS_PROXY(?!.*s3cret)/) }),
  );
});

test('a CGI program does not take its HTTP proxy from a request header', () => {
  expect(proxyOf('http://a.example', { HTTP_PROXY: 'http://evil', REQUEST_METHOD: 'GET' })).toBeUndefined();
});

test.each(['https://localhost:6443', 'https://127.0.0.1', 'https://127.8.9.1', 'https://[::1]:6443'])(
  'loopback is never reached by a proxy: %s',
  (server) => {
    expect(proxyOf(server, { HTTPS_PROXY: 'http://proxy' })).toBeUndefined();
  },
);

test.each([
  ['*', 'https://kube.example.com'],
  ['example.com', 'https://example.com'],
  ['example.com', 'https://kube.example.com'],
  ['EXAMPLE.com ', 'https://kube.Example.COM'],
  ['.example.com', 'https://kube.example.com'],
  ['*.example.com', 'https://kube.example.com'],
  ['other,kube.example.com:6443', 'https://kube.example.com:6443'],
  ['example.com:443', 'https://kube.example.com'],
  ['10.0.0.5', 'https://10.0.0.5:6443'],
  ['10.0.0.5:6443', 'https://10.0.0.5:6443'],
  ['10.0.0.0/8', 'https://10.200.3.4'],
  ['2001:db8::/32', 'https://[2001:db8::17]:6443'],
  ['[2001:db8::17]:6443', 'https://[2001:db8::17]:6443'],
  ['2001:db8:0::17', 'https://[2001:db8::17]'],
])('NO_PROXY=%s takes out %s', (list, server) => {
  expect(proxyOf(server, { HTTPS_PROXY: 'http://proxy', NO_PROXY: list })).toBeUndefined();
  expect(proxyOf(server, { HTTPS_PROXY: 'http://proxy', no_proxy: list })).toBeUndefined();
});

test.each([
  ['', 'https://kube.example.com'],
  ['.example.com', 'https://example.com'],
  ['*.example.com', 'https://example.com'],
  ['ample.com', 'https://example.com'],
  ['example.com:80', 'https://example.com'],
  ['10.0.0.5:80', 'https://10.0.0.5:6443'],
  ['10.0.0.0/33', 'https://10.0.0.1'],
  ['10.0.0.0/8', 'https://11.0.0.1'],
  ['10.0.0.0/8', 'https://ten.example.com'],
  ['0.0.0.1', 'https://10.0.0.1'],
  [',,', 'https://example.com'],
  ['nonsense/8', 'https://10.0.0.1'],
])('NO_PROXY=%s leaves %s in', (list, server) => {
  expect(proxyOf(server, { HTTPS_PROXY: 'http://proxy', NO_PROXY: list })).toBe('http://proxy/');
});
