import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startApiServer } from '../../helpers/api-server.ts';
import { createAuthority } from '../../helpers/issue-certificate.ts';
import { base64 } from '../../helpers/kubeconfig-for.ts';
import { openTestCluster } from '../../helpers/open-test-cluster.ts';
import { textWith } from '../../helpers/text-with.ts';

const HOUR_MS = 3_600_000;
const failure = async (cluster: { request(request: { path: string }): Promise<unknown> }): Promise<unknown> =>
  cluster.request({ path: '/' }).catch((error: unknown) => error);

test('a certificate of an unknown authority is not accepted', async () => {
  await using server = await startApiServer();
  const other = base64(createAuthority('another').certificate);
  await using cluster = await openTestCluster({ server, cluster: { 'certificate-authority-data': other } });
  expect(await failure(cluster)).toMatchObject({
    code: 'CERTIFICATE_REJECTED',
    message: textWith('an authority that is unknown here'),
    hint: textWith('earlier cluster'),
  });
  expect(server.requests).toHaveLength(0);
});

test('a certificate for another name is not accepted, and its names are told', async () => {
  const authority = createAuthority();
  const certificate = authority.issue({ commonName: 'x', hosts: ['kube.example.com', '10.0.0.1'] });
  await using server = await startApiServer({ authority, certificate });
  await using cluster = await openTestCluster({ server });
  expect(await failure(cluster)).toMatchObject({
    code: 'CERTIFICATE_REJECTED',
    message: textWith(/not for 127\.0\.0\.1 but for .*kube\.example\.com/),
    hint: textWith('tls-server-name'),
  });
});

test.each(['kube.example.com', '10.0.0.1'])('tls-server-name is what the certificate must be for: %s', async (name) => {
  const authority = createAuthority();
  const certificate = authority.issue({ commonName: 'x', hosts: ['kube.example.com', '10.0.0.1'] });
  await using server = await startApiServer({ authority, certificate });
  await using cluster = await openTestCluster({ server, cluster: { 'tls-server-name': name } });
  expect(await failure(cluster)).toEqual({});
});

test('an expired certificate and one of tomorrow are told apart', async () => {
  const authority = createAuthority();
  const expired = authority.issue({ commonName: 'x', hosts: ['127.0.0.1'], notAfter: new Date(Date.now() - HOUR_MS) });
  const early = authority.issue({ commonName: 'x', hosts: ['127.0.0.1'], notBefore: new Date(Date.now() + HOUR_MS) });
  await using late = await startApiServer({ authority, certificate: expired });
  await using soon = await startApiServer({ authority, certificate: early });
  await using first = await openTestCluster({ server: late });
  await using second = await openTestCluster({ server: soon });
  expect(await failure(first)).toMatchObject({
    code: 'CERTIFICATE_REJECTED',
    message: textWith('expired'),
  });
  expect(await failure(second)).toMatchObject({ message: textWith('not valid yet') });
});

test('insecure-skip-tls-verify accepts any certificate', async () => {
  const authority = createAuthority();
  const certificate = authority.issue({ commonName: 'x', hosts: ['other'], notAfter: new Date(Date.now() - HOUR_MS) });
  await using server = await startApiServer({ authority, certificate });
  await using cluster = await openTestCluster({
    server,
    cluster: { 'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true },
  });
  expect(await failure(cluster)).toEqual({});
});

test('a client certificate that does not belong to its key is told before anything is sent', async () => {
  await using server = await startApiServer();
  const one = server.authority.issue({ commonName: 'one' });
  const other = server.authority.issue({ commonName: 'other' });
  const user = { 'client-certificate-data': base64(one.certificate), 'client-key-data': base64(other.key) };
  await using cluster = await openTestCluster({ server, user });
  expect(await failure(cluster)).toMatchObject({
    code: 'CREDENTIALS_INVALID',
    message: textWith('do not belong together'),
  });
  expect(server.accepted).toBe(0);
});

test('a server without TLS is told as such', async () => {
  await using server = await startApiServer({ tls: false });
  await using cluster = await openTestCluster({ server, url: server.url.replace('http:', 'https:') });
  expect(await failure(cluster)).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: textWith('does not speak TLS'),
    hint: textWith('http://'),
  });
});

test('a server that answers plain HTTP with TLS is told as such', async () => {
  const tlsAlert = Buffer.from([0x15, 3, 1, 0, 2, 2, 10]);
  const server = createServer((socket) => void socket.on('error', () => undefined).end(tlsAlert)).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using api = await startApiServer();
  await using cluster = await openTestCluster({ server: api, url: `http://127.0.0.1:${port}` });
  expect(await failure(cluster)).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: textWith('does not speak plain HTTP'),
  });
  server.close();
});

test('a refused connection and an unknown name are told apart', async () => {
  const server = await startApiServer();
  await server[Symbol.asyncDispose]();
  await using refused = await openTestCluster({ server });
  await using unknown = await openTestCluster({ server, url: 'https://no-such-host.invalid' });
  expect(await failure(refused)).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: textWith(`nothing listens on port ${server.port}`),
  });
  expect(await failure(unknown)).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: textWith(/name no-such-host\.invalid (is unknown|cannot be resolved)/),
  });
});

test('a connection that closes during the handshake is told as cut', async () => {
  const server = createServer((socket) => void socket.once('data', () => socket.end())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using api = await startApiServer();
  await using cluster = await openTestCluster({ server: api, url: `https://127.0.0.1:${port}` });
  expect(await failure(cluster)).toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: textWith('the connection was cut'),
  });
  server.close();
});

test('a server that demands a client certificate is a matter of credentials', async () => {
  const authority = createAuthority();
  const { createServer: createTlsServer } = await import('node:tls');
  const issued = authority.issue({ commonName: 'x', hosts: ['127.0.0.1'] });
  const server = createTlsServer({
    cert: issued.certificate,
    key: issued.key,
    ca: authority.certificate,
    requestCert: true,
  }).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await using api = await startApiServer({ authority });
  await using cluster = await openTestCluster({ server: api, url: `https://127.0.0.1:${port}` });
  expect(await failure(cluster)).toMatchObject({
    code: 'CREDENTIALS_INVALID',
    message: textWith('does not accept the client certificate'),
  });
  server.close();
});
