import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startApiServer } from '../../helpers/api-server.ts';
import { startConnectProxy } from '../../helpers/connect-proxy.ts';
import { createAuthority } from '../../helpers/issue-certificate.ts';
import { openTestCluster } from '../../helpers/open-test-cluster.ts';
import { startSocksProxy } from '../../helpers/socks-proxy.ts';
import { textWith } from '../../helpers/text-with.ts';

const upgrade = { method: 'POST', path: '/x', headers: { Connection: 'Upgrade', Upgrade: 'SPDY/3.1' } } as const;
const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n';

test.each(['proxy-url', 'HTTPS_PROXY'])(
  'an HTTP proxy from %s leads to a server that only it can resolve',
  async (source) => {
    await using server = await startApiServer();
    await using proxy = await startConnectProxy();
    const url = proxy.url.replace('//', '//me:s%40cret@');
    await using cluster = await openTestCluster({
      server,
      url: `https://kube.test:${server.port}`,
      cluster: { 'tls-server-name': 'localhost', ...(source === 'proxy-url' ? { 'proxy-url': url } : {}) },
      environment: source === 'proxy-url' ? {} : { HTTPS_PROXY: url },
    });
    expect(await cluster.request({ path: '/version' })).toEqual({});
    const authorization = `Basic ${Buffer.from('me:s@cret').toString('base64')}`;
    expect(proxy.connects).toEqual([{ target: `kube.test:${server.port}`, authorization }]);
    expect(server.requests[0]?.headers.host).toBe(`kube.test:${server.port}`);
    expect(server.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  },
);

test('a SOCKS5 proxy resolves the name itself', async () => {
  await using server = await startApiServer();
  await using proxy = await startSocksProxy();
  await using cluster = await openTestCluster({
    server,
    url: `https://kube.test:${server.port}`,
    cluster: { 'tls-server-name': 'localhost', 'proxy-url': proxy.url },
  });
  expect(await cluster.request({ path: '/version' })).toEqual({});
  expect(proxy.connects).toEqual([`kube.test:${server.port}`]);
});

test.each(['http', 'socks5'])('an upgrade goes through a proxy (%s)', async (scheme) => {
  await using server = await startApiServer({ upgrade: (_request, socket) => socket.write(`${SWITCH}hi`) });
  await using proxy = scheme === 'http' ? await startConnectProxy() : await startSocksProxy();
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': proxy.url } });
  const { socket, head } = await cluster.upgrade(upgrade);
  const text = head.length > 0 ? head : ((await once(socket, 'data'))[0] as Buffer);
  expect(String(text)).toBe('hi');
  socket.destroy();
});

test('a proxy from the kubeconfig is used for loopback too, whatever NO_PROXY says', async () => {
  await using server = await startApiServer();
  await using proxy = await startConnectProxy();
  await using cluster = await openTestCluster({
    server,
    cluster: { 'proxy-url': proxy.url },
    environment: { NO_PROXY: '*' },
  });
  await cluster.request({ path: '/version' });
  expect(proxy.connects).toHaveLength(1);
});

test('a proxy with TLS is trusted by the authority of the cluster', async () => {
  const authority = createAuthority();
  await using server = await startApiServer({ authority });
  await using proxy = await startConnectProxy({
    certificate: authority.issue({ commonName: 'proxy', hosts: ['127.0.0.1'] }),
  });
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': proxy.url } });
  expect(await cluster.request({ path: '/version' })).toEqual({});
  expect(proxy.connects).toHaveLength(1);
});

test.each(['http', 'socks5'])('a server with plain HTTP is reached through a proxy (%s)', async (scheme) => {
  await using server = await startApiServer({ tls: false, upgrade: (_request, socket) => socket.write(SWITCH) });
  await using proxy = scheme === 'http' ? await startConnectProxy() : await startSocksProxy();
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': proxy.url } });
  expect(await cluster.request({ path: '/version' })).toEqual({});
  const { socket } = await cluster.upgrade(upgrade);
  socket.destroy();
  expect(proxy.connects).toHaveLength(1);
});

test('a proxy that refuses is named, without its password', async () => {
  await using server = await startApiServer();
  await using proxy = await startConnectProxy({ refuseWith: '407 Proxy Authentication Required' });
  const url = proxy.url.replace('//', '//me:secret@');
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': url } });
  await expect(cluster.request({ path: '/' })).rejects.toMatchObject({
    code: 'PROXY_FAILED',
    proxy: proxy.url,
    message: textWith('407 Proxy Authentication Required'),
  });
  expect(server.accepted).toBe(0);
});

test('a SOCKS proxy that refuses is an error', async () => {
  await using server = await startApiServer();
  await using proxy = await startSocksProxy({ refuseWith: 5 });
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': proxy.url } });
  await expect(cluster.request({ path: '/' })).rejects.toMatchObject({ code: 'PROXY_FAILED' });
});

test.each(['http', 'socks5'])('a proxy that is not there is an error (%s)', async (scheme) => {
  await using server = await startApiServer();
  const port = await closedPort();
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': `${scheme}://127.0.0.1:${port}` } });
  await expect(cluster.request({ path: '/' })).rejects.toMatchObject({
    code: 'PROXY_FAILED',
    message: textWith(/refused/i),
  });
});

test('an abort while the proxy is silent rejects with the reason and hangs up', async () => {
  const connected = Promise.withResolvers<{ readonly closed: Promise<unknown> }>();
  const silent = createServer((socket) => {
    socket.on('error', () => undefined).resume();
    connected.resolve({ closed: once(socket, 'close') });
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  await using server = await startApiServer();
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  await using cluster = await openTestCluster({ server, cluster: { 'proxy-url': url } });
  const controller = new AbortController();
  const request = cluster.request({ path: '/', signal: controller.signal });
  request.catch(() => undefined);
  const { closed } = await connected.promise;
  controller.abort(new Error('enough'));
  await expect(request).rejects.toThrow('enough');
  await closed;
  silent.close();
});

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
