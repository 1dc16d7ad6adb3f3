import { expect, test } from 'vitest';
import { runCustomResourceController } from '../../src/controllers/custom-resource-controller.ts';
import { ControlledCluster, conditionsOf } from './helpers/controlled-cluster.ts';

function cluster(): ControlledCluster {
  return new ControlledCluster({ run: runCustomResourceController });
}

const API_VERSION = 'apiextensions.k8s.io/v1';
const KIND = 'CustomResourceDefinition';
const NAME = 'widgets.example.com';

function version(name: string, rest: Readonly<Record<string, unknown>> = {}) {
  return { name, served: true, storage: name === 'v1', subresources: { status: {} }, ...rest };
}

function definition(spec: Readonly<Record<string, unknown>> = {}) {
  const names = { plural: 'widgets', kind: 'Widget', singular: 'widget', shortNames: ['wd'], categories: ['all'] };
  return { name: NAME, spec: { group: 'example.com', scope: 'Namespaced', names, versions: [version('v1')], ...spec } };
}

test('a definition makes its kind known and is established', () => {
  using custom = cluster();
  const additionalPrinterColumns = [{ name: 'Size', type: 'integer', jsonPath: '.spec.size' }];
  custom.add(API_VERSION, KIND, definition({ versions: [version('v1', { additionalPrinterColumns })] }));
  expect(custom.store.kinds.find({ apiVersion: 'example.com/v1', kind: 'Widget' })).toMatchObject({
    resource: 'widgets',
    singular: 'widget',
    namespaced: true,
    shortNames: ['wd'],
    categories: ['all'],
    subresources: [{ name: 'status', kind: 'Widget' }],
    countsGenerations: true,
    isCustom: true,
    printerColumns: [{ name: 'Size', type: 'integer', jsonPath: '.spec.size', priority: 0 }],
  });
  expect(custom.get(KIND, NAME)).toMatchObject({
    metadata: { finalizers: ['customresourcecleanup.apiextensions.k8s.io'] },
    status: {
      acceptedNames: { plural: 'widgets', kind: 'Widget' },
      storedVersions: ['v1'],
      conditions: [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
        { type: 'Established', status: 'True', reason: 'InitialNamesAccepted' },
      ],
    },
  });
});

test('another definition of a kind keeps its objects', () => {
  using custom = cluster();
  custom.add(API_VERSION, KIND, definition());
  custom.add('example.com/v1', 'Widget', { name: 'a' });
  const additionalPrinterColumns = [{ name: 'Size', jsonPath: '.spec.size' }];
  const versions = [version('v1', { additionalPrinterColumns }), version('v2'), version('v3', { served: false })];
  custom.specify(KIND, NAME, { versions });
  expect(custom.names('Widget')).toEqual(['a']);
  expect(custom.store.kinds.find({ apiVersion: 'example.com/v1', kind: 'Widget' })?.printerColumns).toHaveLength(1);
  expect(custom.store.kinds.find({ apiVersion: 'example.com/v2', kind: 'Widget' })).toBeDefined();
  expect(custom.store.kinds.find({ apiVersion: 'example.com/v3', kind: 'Widget' })).toBeUndefined();
});

test('a definition that is deleted takes its objects and its kind with it', () => {
  using custom = cluster();
  custom.add(API_VERSION, KIND, definition());
  custom.add('example.com/v1', 'Widget', { name: 'a' });
  const held = custom.add('example.com/v1', 'Widget', { name: 'held', metadata: { finalizers: ['example.com/hold'] } });
  custom.delete(KIND, NAME);
  expect(custom.names('Widget')).toEqual(['held']);
  expect(conditionsOf(custom.get(KIND, NAME))).toContain('Terminating True InstanceDeletionInProgress');
  custom.store.remove(custom.store.keyOf(held));
  expect(custom.find(KIND, NAME)).toBeUndefined();
  expect(custom.store.kinds.find({ apiVersion: 'example.com/v1', kind: 'Widget' })).toBeUndefined();
});

test('the same definition can come again', () => {
  using custom = cluster();
  custom.add(API_VERSION, KIND, definition());
  custom.delete(KIND, NAME);
  custom.add(API_VERSION, KIND, definition());
  expect(custom.add('example.com/v1', 'Widget', { name: 'a' }).metadata.generation).toBe(1);
});

test('a kind that is there already is not defined again', () => {
  using custom = cluster();
  const names = { plural: 'deployments', kind: 'Deployment' };
  custom.add(API_VERSION, KIND, definition({ group: 'apps', names }));
  expect(conditionsOf(custom.get(KIND, NAME))).toEqual([
    'Established False NotAccepted',
    'NamesAccepted False KindConflict',
  ]);
  custom.delete(KIND, NAME);
  expect(custom.store.kinds.find({ apiVersion: 'apps/v1', kind: 'Deployment' })).toBeDefined();
});
