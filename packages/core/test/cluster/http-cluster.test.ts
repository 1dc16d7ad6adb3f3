import { expect, test } from 'vitest';
import { ApiError, ApiResponseInvalidError, ForbiddenError } from '../../src/errors/cluster-errors.ts';
import { UnauthorizedError } from '../../src/errors/credential-errors.ts';
import { DisposedError } from '../../src/errors/options-error.ts';
import { type ApiServer, startApiServer } from '../helpers/api-server.ts';
import { drained } from '../helpers/drained.ts';
import { openTestCluster } from '../helpers/open-test-cluster.ts';
import { makeTempFolder } from '../helpers/temp-folder.ts';
import { textWith } from '../helpers/text-with.ts';

const answering = (status: number, body: string, headers: Record<string, string> = {}): Promise<ApiServer> =>
  startApiServer({ respond: (_request, response) => void response.writeHead(status, headers).end(body) });

test('a request is answered with the parsed JSON', async () => {
  await using server = await answering(200, '{"kind":"PodList"}');
  await using cluster = await openTestCluster({ server });
  expect(await cluster.request({ path: '/api/v1/pods' })).toEqual({ kind: 'PodList' });
});

test('a request carries query, body and headers', async () => {
  let body = '';
  await using server = await startApiServer({
    respond: async (request, response) => {
      for await (const chunk of request) body += String(chunk);
      response.end('{}');
    },
  });
  await using cluster = await openTestCluster({ server, user: { token: 'abc' } });
  await cluster.request({
    method: 'POST',
    path: '/api/v1/pods',
    query: { labelSelector: 'a=b,c', many: ['1', '2'], left: undefined },
    body: { text: 'äöü' },
  });
  const { method, url, headers } = server.requests[0] ?? {};
  expect({ method, url }).toEqual({ method: 'POST', url: '/api/v1/pods?labelSelector=a%3Db%2Cc&many=1&many=2' });
  expect(JSON.parse(body)).toEqual({ text: 'äöü' });
  expect(headers).toMatchObject({
    accept: 'application/json',
    authorization: 'Bearer abc',
    'content-type': 'application/json',
    host: `127.0.0.1:${server.port}`,
  });
  expect(headers?.['user-agent']).toMatch(/^kforge\/\d+\.\d+\.\d+/);
});

test('a PATCH is sent as a JSON merge patch', async () => {
  await using server = await answering(200, '{}');
  await using cluster = await openTestCluster({ server });
  await cluster.request({ method: 'PATCH', path: '/x', body: {} });
  expect(server.requests[0]?.headers['content-type']).toBe('application/merge-patch+json');
});

test('the path of the server URL comes before every path', async () => {
  await using server = await answering(200, '{}');
  await using cluster = await openTestCluster({ server, url: `${server.url}/k8s/clusters/c-1/` });
  await cluster.request({ path: '/version' });
  expect(server.requests[0]?.url).toBe('/k8s/clusters/c-1/version');
  expect(cluster.server).toBe(`${server.url}/k8s/clusters/c-1`);
});

test('requests one after the other use one connection', async () => {
  await using server = await answering(200, '{}');
  await using cluster = await openTestCluster({ server });
  for (let count = 0; count < 3; count += 1) await cluster.request({ path: '/version' });
  expect(server.accepted).toBe(1);
});

test('a GET is sent again when the server has just closed the idle connection', async () => {
  await using server = await startApiServer({
    respond: (request, response) => {
      // the second request on a connection meets a server that has gone
      if (request.socket.listenerCount('test-second') > 0) request.socket.destroy();
      else response.end('{}');
      request.socket.on('test-second', () => undefined);
    },
  });
  await using cluster = await openTestCluster({ server });
  await cluster.request({ path: '/first' });
  expect(await cluster.request({ path: '/second' })).toEqual({});
  expect(server.accepted).toBe(2);
});

test('a POST is not sent again when its connection is cut', async () => {
  await using server = await startApiServer({
    respond: (request, response) => {
      if (request.method === 'POST') request.socket.destroy();
      else response.end('{}');
    },
  });
  await using cluster = await openTestCluster({ server });
  await cluster.request({ path: '/first' });
  await expect(cluster.request({ method: 'POST', path: '/x', body: {} })).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
  });
  expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('an answer that is no success is a typed error', async () => {
  const body = '{"kind":"Status","reason":"NotFound","message":"pods \\"x\\" not found","code":404}';
  await using server = await answering(404, body);
  await using cluster = await openTestCluster({ server });
  const error = await cluster.request({ path: '/api/v1/namespaces/a/pods/x' }).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 404,
    reason: 'NotFound',
    message: textWith('pods "x" not found'),
  });
});

test('an answer that is not JSON is invalid', async () => {
  await using server = await answering(200, '<html>Please log in</html>');
  await using cluster = await openTestCluster({ server });
  await expect(cluster.request({ path: '/api' })).rejects.toBeInstanceOf(ApiResponseInvalidError);
});

test('an answer of more than 64 MiB is dropped', async () => {
  const block = Buffer.alloc(1024 * 1024, ' ');
  let written = 0;
  await using server = await startApiServer({
    respond: async (_request, response) => {
      response.on('error', () => undefined);
      while (!response.destroyed && written < 80) {
        written += 1;
        if (!response.write(block)) await drained(response);
      }
      response.end();
    },
  });
  await using cluster = await openTestCluster({ server });
  await expect(cluster.request({ path: '/huge' })).rejects.toThrow('longer than 67108864 bytes');
});

test('a request times out', async () => {
  await using server = await startApiServer({ respond: () => undefined });
  await using cluster = await openTestCluster({ server });
  await expect(cluster.request({ path: '/slow', timeoutMs: 50 })).rejects.toMatchObject({
    code: 'CLUSTER_UNREACHABLE',
    message: textWith('no answer came within 0.05 s'),
  });
});

test('an aborted request rejects with the reason and closes its connection', async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = await startApiServer({ respond: () => arrived.resolve() });
  await using cluster = await openTestCluster({ server });
  const controller = new AbortController();
  const request = cluster.request({ path: '/slow', signal: controller.signal });
  await arrived.promise;
  const [socket] = server.sockets;
  controller.abort(new Error('no longer wanted'));
  await expect(request).rejects.toThrow('no longer wanted');
  await closed(socket);
  expect(server.sockets.size).toBe(0);
});

test('a request with an aborted signal is not sent', async () => {
  await using server = await answering(200, '{}');
  await using cluster = await openTestCluster({ server });
  await expect(cluster.request({ path: '/', signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
    'too late',
  );
  expect(server.accepted).toBe(0);
});

test('a busy server is asked again after the time that it names', async () => {
  await using server = await startApiServer({
    respond: (_request, response) => {
      if (server.requests.length === 1) response.writeHead(429, { 'Retry-After': '0' }).end('{}');
      else response.end('{"done":true}');
    },
  });
  await using cluster = await openTestCluster({ server });
  expect(await cluster.request({ path: '/' })).toEqual({ done: true });
});

test('a server that stays busy is an error', async () => {
  await using server = await answering(429, 'too many requests', { 'Retry-After': '0' });
  await using cluster = await openTestCluster({ server });
  await expect(cluster.request({ path: '/' })).rejects.toMatchObject({ code: 'API_ERROR', status: 429 });
  expect(server.requests).toHaveLength(4);
});

test('on 401 a token file is read again, and the request sent once more', async () => {
  await using folder = await makeTempFolder();
  const tokenFile = await folder.write('token', 'old');
  await using server = await startApiServer({
    respond: (request, response) => {
      const isNew = request.headers.authorization === 'Bearer new';
      response.writeHead(isNew ? 200 : 401).end('{}');
    },
  });
  await using cluster = await openTestCluster({ server, user: { tokenFile } });
  await expect(cluster.request({ path: '/' })).rejects.toBeInstanceOf(UnauthorizedError);
  await folder.write('token', 'new\n');
  expect(await cluster.request({ path: '/' })).toEqual({});
  expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer old',
    'Bearer old',
    'Bearer new',
  ]);
});

test('a rejected token that stands in the kubeconfig is not tried twice', async () => {
  await using server = await answering(401, '{}');
  await using cluster = await openTestCluster({ server, user: { token: 'abc' } });
  await expect(cluster.request({ path: '/' })).rejects.toMatchObject({ code: 'UNAUTHORIZED', context: 'test' });
  expect(server.requests).toHaveLength(1);
});

test('a client certificate is shown', async () => {
  await using folder = await makeTempFolder();
  await using server = await answering(200, '{}');
  const { certificate, key } = server.authority.issue({ commonName: 'dev', organization: 'team' });
  const user = {
    'client-certificate': await folder.write('dev.crt', certificate),
    'client-key-data': Buffer.from(key).toString('base64'),
  };
  await using cluster = await openTestCluster({ server, user });
  await cluster.request({ path: '/' });
  expect(server.requests[0]?.clientName).toBe('dev');
});

test('after 401 a replaced client certificate is shown on a new connection', async () => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer({
    respond: (_request, response) => {
      response.writeHead(server.requests.at(-1)?.clientName === 'new' ? 200 : 401).end('{}');
    },
  });
  const writeCertificate = async (commonName: string): Promise<Record<string, string>> => {
    const { certificate, key } = server.authority.issue({ commonName });
    return {
      'client-certificate': await folder.write('user.crt', certificate),
      'client-key': await folder.write('user.key', key),
    };
  };
  await using cluster = await openTestCluster({ server, user: await writeCertificate('old') });
  await expect(cluster.request({ path: '/' })).rejects.toBeInstanceOf(UnauthorizedError);
  await writeCertificate('new');
  expect(await cluster.request({ path: '/' })).toEqual({});
  expect(server.requests.map(({ clientName }) => clientName)).toEqual(['old', 'old', 'new']);
  expect(server.requests.at(-1)?.resumedSession).toBe(false);
});

test('impersonation is sent with every request', async () => {
  await using server = await answering(200, '{}');
  const user = {
    as: 'jane',
    'as-uid': '42',
    'as-groups': ['one', 'two'],
    'as-user-extra': { 'example.org/Scope': ['x', 'y'] },
  };
  await using cluster = await openTestCluster({ server, user });
  await cluster.request({ path: '/' });
  expect(server.requests[0]?.headers).toMatchObject({
    'impersonate-user': 'jane',
    'impersonate-uid': '42',
    'impersonate-group': 'one, two',
    'impersonate-extra-example.org%2fscope': 'x, y',
  });
});

test('a server with plain HTTP works and gets no credentials', async () => {
  await using server = await startApiServer({ tls: false });
  await using cluster = await openTestCluster({ server, user: { token: 'secret' } });
  expect(await cluster.request({ path: '/version' })).toEqual({});
  expect(server.requests[0]?.headers).not.toHaveProperty('authorization');
});

test('403 is a ForbiddenError that names what is missing', async () => {
  await using server = await answering(403, '{}');
  await using cluster = await openTestCluster({ server });
  const error = await cluster
    .request({ path: '/api/v1/namespaces/shop/services/web' })
    .catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(ForbiddenError);
  expect(error).toMatchObject({ verb: 'get', resource: 'services', namespace: 'shop' });
});

test('a closed cluster takes no more calls and leaves no connection', async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = await startApiServer({
    respond: (request, response) => (request.url === '/slow' ? arrived.resolve() : void response.end('{}')),
  });
  const cluster = await openTestCluster({ server });
  await cluster.request({ path: '/' });
  const slow = cluster.request({ path: '/slow' }).catch((error: unknown) => error);
  await arrived.promise;
  const sockets = [...server.sockets];
  await cluster.close();
  await cluster.close();
  expect(await slow).toBeInstanceOf(DisposedError);
  await expect(cluster.request({ path: '/' })).rejects.toBeInstanceOf(DisposedError);
  await Promise.all(sockets.map(closed));
  expect(server.sockets.size).toBe(0);
});

test('the identity is the same for the same server and user, and tells others apart', async () => {
  await using server = await answering(200, '{}');
  await using one = await openTestCluster({ server, user: { token: 'a' } });
  await using same = await openTestCluster({ server, user: { token: 'b' } });
  await using other = await openTestCluster({ server, user: { as: 'jane' } });
  expect(one.identity).toBe(same.identity);
  expect(one.identity).not.toBe(other.identity);
  expect(one.identity).toMatch(/^[0-9a-f]{32}$/);
});

async function closed(
  socket: { readonly destroyed: boolean; once(name: 'close', listener: () => void): unknown } | undefined,
): Promise<void> {
  if (socket && !socket.destroyed) await new Promise<void>((resolve) => socket.once('close', resolve));
}
