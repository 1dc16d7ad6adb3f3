import { expect, test } from 'vitest';
import { runControllers } from '../../src/controllers/run-controllers.ts';
import { ControlledCluster, template } from './helpers/controlled-cluster.ts';

function cluster({ kubelet = true } = {}): ControlledCluster {
  return new ControlledCluster({ run: runControllers, kubelet });
}

interface Endpoint {
  readonly targetRef: { readonly name: string };
}

function nameOf({ targetRef }: Endpoint): string {
  return targetRef.name;
}

function deployment(replicas = 2) {
  return { name: 'web', spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: template('web') } };
}

function everything(web: ControlledCluster): readonly string[] {
  const kinds = [
    'Deployment',
    'ReplicaSet',
    'Pod',
    'StatefulSet',
    'ControllerRevision',
    'Job',
    'EndpointSlice',
    'Endpoints',
  ];
  return kinds.flatMap((kind) => web.names(kind));
}

test('a deployment behind a service has endpoints, before and after an update', () => {
  using web = cluster();
  web.add('v1', 'Service', { name: 'web', spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
  web.add('apps/v1', 'Deployment', deployment());
  const targets = (): readonly string[] =>
    web.list('EndpointSlice').flatMap(({ endpoints }) => (endpoints as readonly Endpoint[]).map(nameOf));
  const before = targets();
  expect([...before].sort()).toEqual(web.names('Pod'));
  web.specify('Deployment', 'web', { template: template('web', 'image:2') });
  expect([...targets()].sort()).toEqual(web.names('Pod'));
  expect(targets().some((name) => before.includes(name))).toBe(false);
});

test.each([[[]], [['foregroundDeletion']]])(
  'a deployment deleted with the finalizers %j takes all it made along',
  (finalizers) => {
    using web = cluster();
    web.add('apps/v1', 'Deployment', deployment());
    web.delete('Deployment', 'web', { finalizers });
    expect(everything(web)).toEqual([]);
  },
);

test('in the foreground a deployment goes last', () => {
  using web = cluster({ kubelet: false });
  web.add('apps/v1', 'Deployment', deployment());
  for (const pod of web.pods()) web.start(pod);
  web.delete('Deployment', 'web', { finalizers: ['foregroundDeletion'] });
  expect([web.names('Deployment'), web.list('ReplicaSet').length, web.pods().length]).toEqual([['web'], 1, 2]);
  for (const pod of web.pods()) web.end(pod);
  expect(everything(web)).toEqual([]);
});

test('a deployment that leaves its pods behind can be taken up again', () => {
  using web = cluster();
  web.add('apps/v1', 'Deployment', deployment());
  const pods = web.names('Pod');
  web.delete('Deployment', 'web', { finalizers: ['orphan'] });
  expect(web.names('Pod')).toEqual(pods);
  web.add('apps/v1', 'Deployment', deployment());
  expect(web.names('Pod')).toEqual(pods);
  expect(web.list('ReplicaSet')[0]?.metadata.ownerReferences).toHaveLength(1);
});

test('a namespace with every kind of workload in it goes, and nothing comes back', () => {
  using web = cluster();
  web.add('v1', 'Service', { name: 'web', spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } });
  web.add('apps/v1', 'Deployment', deployment());
  web.add('apps/v1', 'StatefulSet', deployment());
  web.add('apps/v1', 'DaemonSet', deployment());
  web.add('batch/v1', 'Job', { name: 'job', spec: { template: template('job') } });
  expect(web.pods()).toHaveLength(6);
  web.delete('Namespace', 'default');
  expect(web.names('Namespace')).toEqual([]);
  expect(everything(web)).toEqual([]);
  expect(web.list('Event')).toEqual([]);
});

test('two runs with the same seed and clock make the same names', () => {
  const run = (): readonly string[] => {
    using web = cluster();
    web.add('apps/v1', 'Deployment', deployment());
    return everything(web);
  };
  expect(run()).toEqual(run());
});
