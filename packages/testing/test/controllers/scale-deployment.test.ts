import { expect, test } from 'vitest';
import { runDeploymentController } from '../../src/controllers/deployment-controller.ts';
import { phaseOf } from '../../src/controllers/pod-state.ts';
import { runReplicaSetController } from '../../src/controllers/replica-set-controller.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import { ControlledCluster, conditionsOf, template } from './helpers/controlled-cluster.ts';

/** A deployment whose pods of `image:1` run; those of other images never start. */
class StuckRollout extends ControlledCluster {
  #asked = 0;

  constructor(spec: Readonly<Record<string, unknown>>) {
    super({
      kubelet: false,
      run(context) {
        runDeploymentController(context);
        runReplicaSetController(context);
      },
    });
    this.store.onSettled(() => {
      for (const pod of this.pods()) {
        if (pod.metadata.deletionTimestamp !== undefined) this.end(pod);
        else if (phaseOf(pod) === 'Pending' && pod.spec.containers[0]?.image === 'image:1') this.start(pod);
      }
    });
    const selector = { matchLabels: { app: 'web' } };
    this.add('apps/v1', 'Deployment', { name: 'web', spec: { selector, template: template('web'), ...spec } });
  }

  change(spec: Readonly<Record<string, unknown>>): void {
    this.specify('Deployment', 'web', spec);
  }

  useImage(image: string): void {
    this.change({ template: template('web', image) });
  }

  /** Scales one revision, the first being 1, as somebody does who does not know the deployment. */
  scaleRevision(number: number, replicas: number): void {
    const { metadata } = this.#revisions[number - 1] ?? {};
    this.specify('ReplicaSet', metadata?.name ?? '', { replicas });
  }

  /** How many pods each revision asks for, the first revision first. */
  get sizes(): readonly unknown[] {
    return this.#revisions.map(({ spec }) => (spec as { replicas: number }).replicas);
  }

  /** The annotations of each revision: how many pods were wanted, and how many allowed. */
  get scales(): readonly string[] {
    return this.#revisions.map((set) => `${annotation(set, 'desired-replicas')}/${annotation(set, 'max-replicas')}`);
  }

  get conditions(): readonly string[] {
    return conditionsOf(this.get('Deployment', 'web'));
  }

  /** What was said of scaling since the last question, without the hashes. */
  get told(): readonly string[] {
    const all = this.events('web').map((text) => text.replace(/^.*Scaled (\w+) replica set \S+ /, '$1 '));
    const from = this.#asked;
    this.#asked = all.length;
    return all.slice(from);
  }

  get #revisions(): readonly KubernetesObject[] {
    const number = (set: KubernetesObject) => Number(annotation(set, 'revision'));
    return [...this.list('ReplicaSet')].sort((left, right) => number(left) - number(right));
  }
}

function annotation({ metadata }: KubernetesObject, name: string): string | undefined {
  return metadata.annotations?.[`deployment.kubernetes.io/${name}`];
}

// The numbers are those of a Kubernetes 1.34.2 that was asked the same.

test('scaling in the middle of a rollout keeps the shares of its revisions', () => {
  using web = new StuckRollout({ replicas: 10 });
  web.useImage('nope');
  expect(web.sizes).toEqual([8, 5]);
  expect(web.told.slice(1)).toEqual(['up from 0 to 3', 'down from 10 to 8', 'up from 3 to 5']);
  web.change({ replicas: 20 });
  expect([web.sizes, web.scales]).toEqual([
    [15, 10],
    ['20/25', '20/25'],
  ]);
  expect(web.conditions).toEqual(['Available True MinimumReplicasAvailable', 'Progressing True ReplicaSetUpdated']);
  web.change({ replicas: 4 });
  expect([web.sizes, web.scales]).toEqual([
    [3, 2],
    ['4/5', '4/5'],
  ]);
  expect(web.told).toEqual(['up from 8 to 15', 'up from 5 to 10', 'down from 15 to 3', 'down from 10 to 2']);
});

test('a paused deployment is scaled in all its revisions, and its progress is not asked for', () => {
  using web = new StuckRollout({ replicas: 4 });
  web.useImage('nope');
  expect(web.sizes).toEqual([3, 2]);
  web.change({ paused: true });
  expect(web.sizes).toEqual([3, 2]);
  web.change({ replicas: 12 });
  expect([web.sizes, web.scales]).toEqual([
    [9, 6],
    ['12/15', '12/15'],
  ]);
  expect(web.conditions).toEqual(['Available True MinimumReplicasAvailable', 'Progressing Unknown DeploymentPaused']);
  web.change({ paused: false });
  expect(web.sizes).toEqual([9, 6]);
  expect(web.conditions).toEqual(['Available True MinimumReplicasAvailable', 'Progressing Unknown DeploymentResumed']);
});

test('scaling to nothing in the middle of a rollout empties every revision, and only the latest comes back', () => {
  using web = new StuckRollout({ replicas: 10 });
  web.useImage('nope');
  web.change({ replicas: 0 });
  expect([web.sizes, web.scales]).toEqual([
    [0, 0],
    ['0/0', '0/0'],
  ]);
  expect(web.conditions).toContain('Progressing True NewReplicaSetAvailable');
  web.change({ replicas: 5 });
  expect([web.sizes, web.scales]).toEqual([
    [0, 5],
    ['0/0', '5/7'],
  ]);
});

test('a revision without pods is no part of a scaling', () => {
  using web = new StuckRollout({ replicas: 5, strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 1 } } });
  web.useImage('nope');
  expect(web.sizes).toEqual([4, 4]);
  web.useImage('neither');
  expect(web.sizes).toEqual([4, 0, 4]);
  web.change({ replicas: 9 });
  expect([web.sizes, web.scales]).toEqual([
    [6, 0, 6],
    ['9/12', '5/8', '9/12'],
  ]);
  web.change({ replicas: 3 });
  expect(web.sizes).toEqual([2, 0, 3]);
  web.change({ replicas: 0 });
  expect([web.sizes, web.scales]).toEqual([
    [0, 0, 0],
    ['0/3', '5/8', '0/3'],
  ]);
});

test('a new template that comes with another number of pods is rolled out after the scaling', () => {
  using web = new StuckRollout({ replicas: 3 });
  web.change({ replicas: 6, template: template('web', 'nope') });
  expect(web.sizes).toEqual([5, 3]);
  expect(web.told).toEqual([
    'up from 0 to 3',
    'up from 3 to 6',
    'up from 0 to 2',
    'down from 6 to 5',
    'up from 2 to 3',
  ]);
});

test('a stuck rollout whose strategy becomes Recreate is not scaled', () => {
  using web = new StuckRollout({ replicas: 4 });
  web.useImage('nope');
  web.change({ replicas: 7, strategy: { type: 'Recreate' } });
  expect([web.sizes, web.scales]).toEqual([
    [3, 2],
    ['4/5', '4/5'],
  ]);
  expect(web.conditions).toEqual(['Available False MinimumReplicasUnavailable', 'Progressing True ReplicaSetUpdated']);
});

test('in a paused rollout others may not change how many pods there are, but how they are shared', () => {
  using web = new StuckRollout({ replicas: 6 });
  web.useImage('nope');
  web.change({ paused: true });
  expect(web.sizes).toEqual([5, 3]);
  web.scaleRevision(1, 2);
  expect(web.sizes).toEqual([2, 6]);
  web.scaleRevision(1, 9);
  expect(web.sizes).toEqual([2, 6]);
  expect(web.conditions).toEqual([
    'Available False MinimumReplicasUnavailable',
    'Progressing Unknown DeploymentPaused',
  ]);
});

test('a paused deployment whose rollout is over empties what somebody fills, and still counts its revisions', () => {
  using web = new StuckRollout({ replicas: 3 });
  const next = { ...template('web'), metadata: { labels: { app: 'web' }, annotations: { next: 'yes' } } };
  web.change({ template: next });
  expect(web.sizes).toEqual([0, 3]);
  web.change({ paused: true });
  web.scaleRevision(1, 2);
  expect(web.sizes).toEqual([0, 3]);
  expect(web.told.at(-1)).toBe('down from 2 to 0');
  web.change({ template: template('web') });
  expect(annotation(web.get('Deployment', 'web'), 'revision')).toBe('3');
  expect(web.sizes).toEqual([3, 0]);
  web.change({ replicas: 0 });
  expect([web.sizes, web.scales]).toEqual([
    [0, 0],
    ['0/0', '3/4'],
  ]);
  expect(web.conditions).toContain('Progressing Unknown DeploymentPaused');
});

test('a paused deployment whose history keeps nothing forgets the revision that it scales from nothing', () => {
  using web = new StuckRollout({ replicas: 0, revisionHistoryLimit: 0 });
  web.change({ paused: true, replicas: 2, template: template('web', 'nope') });
  expect(web.told).toEqual(['up from 0 to 2']);
  expect(web.sizes).toEqual([]);
});
