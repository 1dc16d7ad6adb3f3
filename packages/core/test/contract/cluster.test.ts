import { SimulatedCluster, type SimulatedClusterOptions } from '@kforge/testing';
import { CoreV1Api, KubeConfig, Watch } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import type { KforgeError } from '../../src/errors/kforge-error.ts';
import { CleanupStack } from '../../src/lifecycle/cleanup-stack.ts';

const PODS = '/api/v1/namespaces/shop/pods';

interface PodLike {
  readonly metadata?: { readonly name?: string };
  readonly status?: { readonly phase?: string };
}

/** The part of an API client that both have. */
interface Client {
  getPodPhase(name: string): Promise<string | undefined>;
  listPods(labelSelector: string): Promise<{ readonly names: readonly string[]; readonly version: string }>;
  /** The HTTP status of the answer when a pod is read. */
  readStatus(name: string): Promise<number>;
  /** Follows the pods from a version on; resolves once the watch has begun. */
  watchPods(since: string): Promise<Watching>;
}

interface Watching {
  /** Types and names of that many events; the watch is left then. */
  take(count: number): Promise<readonly string[]>;
  /** The HTTP status that the watch failed with. */
  readonly failure: Promise<number>;
}

type Connect = (simulated: SimulatedCluster, cleanup: CleanupStack) => Promise<Client>;

const STATUS_OF_CODE: Readonly<Record<string, number>> = { FORBIDDEN: 403, UNAUTHORIZED: 401 };

function statusOf(error: unknown): number {
  const { code, status } = error as KforgeError & { readonly status?: number };
  return status ?? STATUS_OF_CODE[code] ?? 0;
}

const ours: Connect = async (simulated, cleanup) => {
  const cluster = await openCluster({ kubeconfig: simulated.kubeconfigPath });
  cleanup.defer(() => cluster.close());
  return {
    getPodPhase: async (name) => (await cluster.request<PodLike>({ path: `${PODS}/${name}` })).status?.phase,
    listPods: async (labelSelector) => {
      const list = await cluster.request<{ items: PodLike[]; metadata: { resourceVersion: string } }>({
        path: PODS,
        query: { labelSelector },
      });
      return { names: list.items.map((pod) => pod.metadata?.name ?? ''), version: list.metadata.resourceVersion };
    },
    readStatus: (name) => cluster.request({ path: `${PODS}/${name}` }).then(() => 200, statusOf),
    watchPods: async (resourceVersion) => {
      const events = cluster.watch<PodLike>({ path: PODS, resourceVersion })[Symbol.asyncIterator]();
      const first = events.next();
      first.catch(() => undefined);
      return {
        take: async (count) => {
          const seen: string[] = [];
          for (let event = await first; !event.done; event = await events.next()) {
            seen.push(`${event.value.type} ${event.value.object.metadata?.name}`);
            if (seen.length === count) break;
          }
          await events.return?.();
          return seen;
        },
        failure: first.then(() => 0, statusOf),
      };
    },
  };
};

const clientNodes: Connect = async (simulated) => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(simulated.kubeconfigPath);
  const api = kubeConfig.makeApiClient(CoreV1Api);
  const namespace = 'shop';
  return {
    getPodPhase: async (name) => (await api.readNamespacedPod({ name, namespace })).status?.phase,
    listPods: async (labelSelector) => {
      const list = await api.listNamespacedPod({ namespace, labelSelector });
      const names = list.items.map((pod) => pod.metadata?.name ?? '');
      return { names, version: list.metadata?.resourceVersion ?? '' };
    },
    readStatus: (name) =>
      api.readNamespacedPod({ name, namespace }).then(
        () => 200,
        (error: { code: number }) => error.code,
      ),
    watchPods: async (resourceVersion) => {
      const seen: string[] = [];
      const failed = Promise.withResolvers<number>();
      let wanted = { count: Number.POSITIVE_INFINITY, resolve: (): void => undefined };
      const onEvent = (type: string, object: PodLike & { readonly code?: number }): void => {
        if (type === 'ERROR') failed.resolve(object.code ?? 0);
        seen.push(`${type} ${object.metadata?.name}`);
        if (seen.length >= wanted.count) wanted.resolve();
      };
      const onEnd = (error: { readonly statusCode?: number } | null): void => failed.resolve(error?.statusCode ?? 0);
      const controller = await new Watch(kubeConfig).watch(PODS, { resourceVersion }, onEvent, onEnd);
      return {
        take: async (count) => {
          await new Promise<void>((resolve) => {
            wanted = { count, resolve };
            if (seen.length >= count) resolve();
          });
          controller.abort();
          return seen;
        },
        failure: failed.promise,
      };
    },
  };
};

const clients = Object.entries({ ours, 'client-node': clientNodes });

async function start(connect: Connect, options: SimulatedClusterOptions = {}) {
  const cleanup = new CleanupStack();
  const simulated = await SimulatedCluster.start({ namespace: 'shop', ...options });
  cleanup.defer(() => simulated.stop());
  const client = await connect(simulated, cleanup);
  return { simulated, client, [Symbol.asyncDispose]: () => cleanup.run() };
}

test.each(clients)('%s reads pods, and lists those that a selector matches', async (_name, connect) => {
  await using fixture = await start(connect, { tokens: ['abc'] });
  const { simulated, client } = fixture;
  simulated.addPod({ name: 'a', labels: { app: 'web' } });
  simulated.addPod({ name: 'b', labels: { app: 'other' }, phase: 'Pending' });
  expect(await client.getPodPhase('a')).toBe('Running');
  expect(await client.getPodPhase('b')).toBe('Pending');
  expect((await client.listPods('app in (web,x),app')).names).toEqual(['a']);
  expect((await client.listPods('')).names).toEqual(['a', 'b']);
});

test.each(clients)('%s is told what is missing and what is forbidden', async (_name, connect) => {
  await using fixture = await start(connect, { authorize: ({ name }) => name !== 'secret' });
  expect(await fixture.client.readStatus('none')).toBe(404);
  expect(await fixture.client.readStatus('secret')).toBe(403);
});

test.each(clients)('%s sees each change from a version on', async (_name, connect) => {
  await using fixture = await start(connect);
  const { simulated, client } = fixture;
  simulated.addPod({ name: 'before' });
  const { version } = await client.listPods('');
  const watching = await client.watchPods(version);
  simulated.addPod({ name: 'a' });
  simulated.setPodReady({ name: 'a', ready: false });
  simulated.addPod({ name: 'b' });
  expect(await watching.take(3)).toEqual(['ADDED a', 'MODIFIED a', 'ADDED b']);
});

test.each(clients)('%s is told with 410 that a version is too old', async (_name, connect) => {
  await using fixture = await start(connect, { historyLimit: 2 });
  const { simulated, client } = fixture;
  const { version } = await client.listPods('');
  for (const name of ['a', 'b', 'c', 'd', 'e']) simulated.addPod({ name });
  const watching = await client.watchPods(version);
  expect(await watching.failure).toBe(410);
});
