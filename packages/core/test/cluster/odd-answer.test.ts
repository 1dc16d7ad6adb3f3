import nock from 'nock';
import { expect, test } from 'vitest';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { kubeconfigFor } from '../helpers/kubeconfig-for.ts';

test('a gateway that redirects to its login page is told as no API server', async () => {
  const gateway = nock('http://gateway.example.com')
    .get('/api/v1/pods')
    .reply(302, '', { Location: 'https://login.example.com' });
  await using cluster = await openCluster({
    kubeconfig: kubeconfigFor({ server: 'http://gateway.example.com' }),
    environment: {},
  });
  await expect(cluster.request({ path: '/api/v1/pods' })).rejects.toMatchObject({
    code: 'API_RESPONSE_INVALID',
    hint: expect.stringContaining('login page') as unknown,
  });
  expect(gateway.isDone()).toBe(true);
});
