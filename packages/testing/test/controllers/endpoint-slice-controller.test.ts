import { expect, test } from 'vitest';
import { runEndpointSliceController } from '../../src/controllers/endpoint-slice-controller.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import { ControlledCluster } from './helpers/controlled-cluster.ts';

function cluster(): ControlledCluster {
  return new ControlledCluster({ run: runEndpointSliceController, kubelet: false });
}

function addService(web: ControlledCluster, spec: Readonly<Record<string, unknown>> = {}): KubernetesObject {
  const ports = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }];
  return web.add('v1', 'Service', { name: 'web', spec: { selector: { app: 'web' }, ports, ...spec } });
}

function addPod(web: ControlledCluster, name: string, ports: readonly object[] = []): KubernetesObject {
  const containers = [{ name: 'main', ports }];
  web.add('v1', 'Pod', { name, metadata: { labels: { app: 'web' } }, spec: { containers } });
  web.start(web.get('Pod', name));
  return web.get('Pod', name);
}

interface Endpoint {
  readonly targetRef: { readonly name: string };
  readonly conditions: Readonly<Record<string, boolean>>;
}

function endpoints(web: ControlledCluster): readonly (readonly Endpoint[])[] {
  return web.list('EndpointSlice').map((slice) => (slice.endpoints as readonly Endpoint[] | null) ?? []);
}

function named(web: ControlledCluster): readonly (readonly string[])[] {
  return endpoints(web).map((slice) => slice.map(({ targetRef }) => targetRef.name));
}

test('a service has a slice and an Endpoints object that follow its pods', () => {
  using web = cluster();
  const service = addService(web);
  expect(web.list('EndpointSlice')).toMatchObject([{ endpoints: null, ports: null }]);
  const pod = addPod(web, 'a');
  addPod(web, 'b');
  expect(web.list('EndpointSlice')).toEqual([
    expect.objectContaining({
      metadata: expect.objectContaining({
        name: expect.stringMatching(/^web-[0-9a-f]{5}$/) as string,
        generateName: 'web-',
        labels: {
          'kubernetes.io/service-name': 'web',
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        },
        ownerReferences: [expect.objectContaining({ kind: 'Service', uid: service.metadata.uid })],
      }) as unknown,
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
      endpoints: [
        {
          addresses: ['10.244.0.1'],
          conditions: { ready: true, serving: true, terminating: false },
          nodeName: 'node',
          targetRef: { kind: 'Pod', name: 'a', namespace: 'default', uid: pod.metadata.uid },
        },
        expect.objectContaining({ addresses: ['10.244.0.2'] }),
      ],
    }),
  ]);
  expect(web.get('Endpoints', 'web')).toMatchObject({
    metadata: { labels: { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' } },
    subsets: [{ addresses: [{ ip: '10.244.0.1' }, { ip: '10.244.0.2' }], ports: [{ name: 'http', port: 8080 }] }],
  });
  web.end(pod);
  expect(named(web)).toEqual([['b']]);
  expect(web.get('Endpoints', 'web').subsets).toMatchObject([{ addresses: [{ ip: '10.244.0.2' }] }]);
});

test('a pod that is not ready, or about to go, is said to be', () => {
  using web = cluster();
  addService(web);
  const pod = addPod(web, 'a');
  addPod(web, 'b');
  web.delete('Pod', 'b');
  web.setStatus(pod, { ...(pod.status as object), conditions: [{ type: 'Ready', status: 'False' }] });
  expect(endpoints(web)[0]?.map(({ conditions }) => conditions)).toEqual([
    { ready: false, serving: false, terminating: false },
    { ready: false, serving: true, terminating: true },
  ]);
  expect(web.get('Endpoints', 'web').subsets).toEqual([
    expect.objectContaining({ notReadyAddresses: [expect.objectContaining({ ip: '10.244.0.1' })] }),
  ]);
});

test('a service may publish addresses that are not ready', () => {
  using web = cluster();
  addService(web, { publishNotReadyAddresses: true });
  addPod(web, 'a');
  web.delete('Pod', 'a');
  expect(endpoints(web)[0]?.[0]?.conditions).toEqual({ ready: true, serving: true, terminating: true });
  expect(web.get('Endpoints', 'web').subsets).toMatchObject([{ addresses: [{ ip: '10.244.0.1' }] }]);
});

test('pods whose named port is another number are in another slice, and move with it', () => {
  using web = cluster();
  addService(web, { ports: [{ port: 80, targetPort: 'http' }] });
  addPod(web, 'a', [{ name: 'http', containerPort: 8080 }]);
  addPod(web, 'b', [{ name: 'http', containerPort: 9090 }]);
  addPod(web, 'c');
  expect([...named(web)].sort()).toEqual([['a'], ['b'], ['c']]);
  web.specify('Service', 'web', { ports: [{ port: 80, targetPort: 8080 }] });
  expect(named(web)).toEqual([['a', 'b', 'c']]);
});

test('the selector decides: another one, none, or another label on a pod', () => {
  using web = cluster();
  addService(web);
  const pod = addPod(web, 'a');
  web.store.replace({ ...pod, metadata: { ...pod.metadata, labels: { app: 'db' } } });
  expect(named(web)).toEqual([[]]);
  web.specify('Service', 'web', { selector: { app: 'db' } });
  expect(named(web)).toEqual([['a']]);
  web.specify('Service', 'web', { selector: {} });
  expect([...web.list('EndpointSlice'), ...web.list('Endpoints')]).toEqual([]);
});

test('a service that goes takes its slices with it, but not those that others wrote', () => {
  using web = cluster();
  addService(web);
  addPod(web, 'a');
  const labels = { 'kubernetes.io/service-name': 'web' };
  web.add('discovery.k8s.io/v1', 'EndpointSlice', { name: 'mine', metadata: { labels }, endpoints: [] });
  web.delete('Service', 'web');
  expect([...web.names('EndpointSlice'), ...web.names('Endpoints')]).toEqual(['mine']);
});

test('what others change or delete is put right', () => {
  using web = cluster();
  addService(web);
  addPod(web, 'a');
  const [slice] = web.list('EndpointSlice');
  if (!slice) throw new Error('There is a slice');
  web.store.replace({ ...slice, endpoints: [] });
  expect(named(web)).toEqual([['a']]);
  web.delete('EndpointSlice', slice.metadata.name);
  web.delete('Endpoints', 'web');
  expect(named(web)).toEqual([['a']]);
  expect(web.names('Endpoints')).toEqual(['web']);
});

test('Endpoints that somebody wrote for a service without a selector stay', () => {
  using web = cluster();
  web.add('v1', 'Endpoints', { name: 'web', subsets: [] });
  addService(web, { selector: undefined });
  expect(web.names('Endpoints')).toEqual(['web']);
});

test('a headless service says so, and its pods have their host names', () => {
  using web = cluster();
  addService(web, { clusterIP: 'None' });
  const spec = { hostname: 'web-0', subdomain: 'web', containers: [] };
  web.add('v1', 'Pod', { name: 'web-0', metadata: { labels: { app: 'web' } }, spec });
  web.start(web.get('Pod', 'web-0'));
  expect(web.list('EndpointSlice')[0]).toMatchObject({
    metadata: { labels: { 'service.kubernetes.io/headless': '' } },
    endpoints: [{ hostname: 'web-0' }],
  });
});

test('no slice holds more than 100 endpoints, and the Endpoints object tells 1,000', () => {
  using web = cluster();
  addService(web);
  const addUpTo = (from: number, to: number): void => {
    for (let number = from; number < to; number += 1) addPod(web, `pod-${number}`);
  };
  web.store.batch(() => addUpTo(0, 995));
  addUpTo(995, 1010);
  web.store.batch(() => addUpTo(1010, 1050));
  expect(web.list('EndpointSlice')).toHaveLength(11);
  expect(new Set(named(web).flat()).size).toBe(1050);
  expect(Math.max(...named(web).map((slice) => slice.length))).toBe(100);
  const { subsets, metadata } = web.get('Endpoints', 'web') as KubernetesObject & { subsets: { addresses: [] }[] };
  expect(subsets[0]?.addresses).toHaveLength(1000);
  expect(metadata.annotations).toEqual({ 'endpoints.kubernetes.io/over-capacity': 'truncated' });
});
