import { CoreV1Api as CoreApi, type CoreV1Api, KubeConfig, Watch } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { kubeconfigFor } from '../helpers/kubeconfig-for.ts';
import { type ObjectServer, startObjectServer } from '../helpers/object-server.ts';
import { PODS, podObject } from '../helpers/pod-object.ts';

/** The part of an API client that both have. */
interface Client {
  getPodPhase(name: string): Promise<string | undefined>;
  listPodNames(labelSelector: string): Promise<readonly string[]>;
  /** The HTTP status that reading a pod fails with. */
  getPodStatus(name: string): Promise<number>;
  /** Types and names of the first events of a watch, which is then left. */
  watchPods(options: { readonly since: string; readonly count: number }): Promise<readonly string[]>;
}

interface PodLike {
  readonly metadata?: { readonly name?: string };
  readonly status?: { readonly phase?: string };
}

function ours({ cluster }: { readonly cluster: Cluster }): Client {
  return {
    getPodPhase: async (name) => (await cluster.request<PodLike>({ path: `${PODS}/${name}` })).status?.phase,
    listPodNames: async (labelSelector) => {
      const list = await cluster.request<{ items: PodLike[] }>({ path: PODS, query: { labelSelector } });
      return list.items.map((pod) => pod.metadata?.name ?? '');
    },
    getPodStatus: async (name) =>
      cluster.request({ path: `${PODS}/${name}` }).then(
        () => 200,
        (error: { status?: number; code?: string }) => error.status ?? (error.code === 'FORBIDDEN' ? 403 : 0),
      ),
    watchPods: async ({ since, count }) => {
      const seen: string[] = [];
      for await (const { type, object } of cluster.watch<PodLike>({ path: PODS, resourceVersion: since })) {
        seen.push(`${type} ${object.metadata?.name}`);
        if (seen.length === count) break;
      }
      return seen;
    },
  };
}

function clientNodes({ server }: ObjectServer): Client {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(
    JSON.stringify(kubeconfigFor({ server: server.url, authority: server.authority.certificate })),
  );
  const api: CoreV1Api = kubeConfig.makeApiClient(CoreApi);
  const namespace = 'shop';
  return {
    getPodPhase: async (name) => (await api.readNamespacedPod({ name, namespace })).status?.phase,
    listPodNames: async (labelSelector) => {
      const list = await api.listNamespacedPod({ namespace, labelSelector });
      return list.items.map((pod) => pod.metadata?.name ?? '');
    },
    getPodStatus: async (name) =>
      api.readNamespacedPod({ name, namespace }).then(
        () => 200,
        (error: { code?: number }) => error.code ?? 0,
      ),
    watchPods: async ({ since, count }) => {
      const seen: string[] = [];
      const done = Promise.withResolvers<void>();
      const onEvent = (type: string, object: PodLike): void => {
        seen.push(`${type} ${object.metadata?.name}`);
        if (seen.length === count) done.resolve();
      };
      const watch = new Watch(kubeConfig);
      const controller = await watch.watch(PODS, { resourceVersion: since }, onEvent, () => done.resolve());
      await done.promise;
      controller.abort();
      return seen;
    },
  };
}

const clients = { ours, 'client-node': clientNodes };

test.each(Object.entries(clients))('%s gets, lists and is refused', async (_name, connect) => {
  await using server = await startObjectServer();
  const client = connect(server);
  server.put(PODS, podObject({ name: 'a' }));
  server.put(PODS, podObject({ name: 'b', labels: { app: 'other' }, phase: 'Pending' }));
  expect(await client.getPodPhase('b')).toBe('Pending');
  expect(await client.listPodNames('app=web')).toEqual(['a']);
  expect(await client.getPodStatus('none')).toBe(404);
  server.deny('get', 'pods');
  expect(await client.getPodStatus('a')).toBe(403);
});

test.each(Object.entries(clients))('%s watches from a version on', async (_name, connect) => {
  await using server = await startObjectServer();
  const client = connect(server);
  server.put(PODS, podObject({ name: 'before' }));
  const watching = client.watchPods({ since: '1', count: 4 });
  await server.watched(PODS);
  server.put(PODS, podObject({ name: 'a' }));
  server.put(PODS, podObject({ name: 'b' }));
  server.put(PODS, podObject({ name: 'a', ready: false }));
  server.remove(PODS, 'a');
  expect(await watching).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED a']);
});
