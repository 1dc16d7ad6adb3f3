import { expect, test } from 'vitest';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { startApiServer } from '../helpers/api-server.ts';
import { kubeconfigFor } from '../helpers/kubeconfig-for.ts';

test('a request is answered with the parsed JSON', async () => {
  await using server = await startApiServer({ respond: (_request, response) => void response.end('{"kind":"PodList"}') });
  await using cluster = await openCluster({
    kubeconfig: kubeconfigFor({ server: server.url, authority: server.authority.certificate }),
  });
  expect(await cluster.request({ path: '/api/v1/pods' })).toEqual({ kind: 'PodList' });
});
