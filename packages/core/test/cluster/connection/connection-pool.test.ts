import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { startApiServer } from '../../helpers/api-server.ts';
import { openTestCluster } from '../../helpers/open-test-cluster.ts';
import { makeTempFolder } from '../../helpers/temp-folder.ts';

test('when the client certificate changes, idle connections end and requests under way do not', async () => {
  await using folder = await makeTempFolder();
  const slow = Promise.withResolvers<ServerResponse>();
  await using server = await startApiServer({
    respond: (request, response) => {
      if (request.url === '/slow') slow.resolve(response);
      else response.writeHead(server.requests.at(-1)?.clientName === 'new' ? 200 : 401).end('{}');
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
  const slowRequest = cluster.request({ path: '/slow' });
  const slowResponse = await slow.promise;
  await expect(cluster.request({ path: '/' })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  const idle = [...server.sockets].at(-1);
  const idleClosed = idle && once(idle, 'close');

  await writeCertificate('new');
  await cluster.request({ path: '/refused-then-renewed' });
  expect(await cluster.request({ path: '/' })).toEqual({});
  await idleClosed;

  slowResponse.end('{"late":true}');
  expect(await slowRequest).toEqual({ late: true });
  expect(server.requests.map(({ clientName }) => clientName)).toEqual(['old', 'old', 'old', 'new', 'new']);
});
