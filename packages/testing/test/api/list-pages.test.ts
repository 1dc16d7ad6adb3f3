import { expect, test } from 'vitest';
import { SimulatedCluster } from '../../src/index.ts';
import { ask } from '../helpers/api-client.ts';
import { at, CONFIG_MAPS, send } from '../helpers/write.ts';

async function startWithFive(): Promise<SimulatedCluster> {
  const cluster = await SimulatedCluster.start();
  for (const name of ['a', 'b', 'c', 'd', 'e']) {
    cluster.add({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels: { app: 'x' } } });
  }
  return cluster;
}

test('a long list is read page by page, and shows one moment', async () => {
  await using cluster = await startWithFive();
  const pages: string[][] = [];
  const path = `${CONFIG_MAPS}?limit=2&labelSelector=app`;
  let token = '';
  do {
    const { body } = await ask(cluster, `${path}&continue=${token}`);
    pages.push(body.items.map(({ metadata }) => metadata.name));
    token = (at(body, 'metadata', 'continue') as string | undefined) ?? '';
    if (pages.length === 1) await send(cluster, 'DELETE', `${CONFIG_MAPS}/d`);
  } while (token !== '');
  expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

test('what remains is counted only without a selector', async () => {
  await using cluster = await startWithFive();
  const all = await ask(cluster, `${CONFIG_MAPS}?limit=4`);
  const total = (await ask(cluster, CONFIG_MAPS)).body.items.length;
  expect(at(all.body, 'metadata', 'remainingItemCount')).toBe(total - 4);
  const some = await ask(cluster, `${CONFIG_MAPS}?limit=2&labelSelector=app`);
  expect(at(some.body, 'metadata', 'remainingItemCount')).toBeUndefined();
});

test('a continuation that is forgotten is 410, one of another list or made up 400', async () => {
  await using cluster = await startWithFive();
  const first = await ask(cluster, `${CONFIG_MAPS}?limit=1`);
  const token = String(at(first.body, 'metadata', 'continue'));
  expect((await ask(cluster, `/api/v1/namespaces/default/secrets?limit=1&continue=${token}`)).status).toBe(400);
  expect((await ask(cluster, `${CONFIG_MAPS}?limit=1&continue=nonsense`)).status).toBe(400);
  for (let list = 0; list < 100; list += 1) await ask(cluster, `${CONFIG_MAPS}?limit=1`);
  expect((await ask(cluster, `${CONFIG_MAPS}?limit=1&continue=${token}`)).status).toBe(410);
});

test('a table has pages like a list', async () => {
  await using cluster = await startWithFive();
  const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };
  const { body } = await ask(cluster, `${CONFIG_MAPS}?limit=2`, { headers });
  expect(body.rows.length).toBe(2);
  expect(at(body, 'metadata', 'continue')).toMatch(/^[0-9a-f]{32}$/);
});

test('a limit that is no number is refused', async () => {
  await using cluster = await startWithFive();
  expect((await ask(cluster, `${CONFIG_MAPS}?limit=x`)).status).toBe(400);
});
