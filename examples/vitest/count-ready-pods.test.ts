import { FakeClock, SimulatedCluster } from '@kforge/testing';
import { expect, test } from 'vitest';
import { countReadyPods } from './count-ready-pods.ts';

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: main, image: "shop:1" }] }
`;

test('counts the pods that have become ready', async () => {
  const clock = new FakeClock();
  await using cluster = await SimulatedCluster.start({ clock, images: [{ name: 'shop', readyMs: 5000 }] });
  await cluster.apply(SHOP);
  expect(await countReadyPods(cluster.kubeconfig, 'shop')).toBe(0);
  clock.advance(5000);
  expect(await countReadyPods(cluster.kubeconfig, 'shop')).toBe(2);
});

test('fails when the API server has too much to do', async () => {
  await using cluster = await SimulatedCluster.start();
  const busy = cluster.faults.answer({ status: 503, requests: { verb: 'list', resource: 'pods' } });
  await expect(countReadyPods(cluster.kubeconfig, 'shop')).rejects.toThrow('503');
  expect(busy.hits).toBeGreaterThan(0);
});
