import { expect, test } from 'vitest';
import { cellsOf } from './helpers/cells.ts';

const metric = { name: 'queue' };
const CPU = { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 80 } } };
const MEMORY = { type: 'Resource', resource: { name: 'memory', target: { averageValue: '100Mi' } } };
const PODS = { type: 'Pods', pods: { metric, target: { averageValue: '10' } } };
const OBJECT = { type: 'Object', object: { metric, target: { value: '7' } } };
const EXTERNAL = { type: 'External', external: { metric, target: { averageValue: '3' } } };
const CONTAINER = { type: 'ContainerResource', containerResource: { name: 'cpu', target: { averageUtilization: 80 } } };
const measured = (type: string, field: string, current: unknown) => ({ type, [field]: { current } });

test.each([
  [[CPU, MEMORY], [], 'cpu: <unknown>/80%, memory: <unknown>/100Mi'],
  [[CPU], [measured('Resource', 'resource', { averageUtilization: 40 })], 'cpu: 40%/80%'],
  [[MEMORY], [measured('Resource', 'resource', { averageValue: '50Mi' })], 'memory: 50Mi/100Mi'],
  [[PODS], [measured('Pods', 'pods', { averageValue: '9' })], '9/10'],
  [[OBJECT], [measured('Object', 'object', { value: '6' })], '6/7'],
  [[EXTERNAL], [measured('External', 'external', { averageValue: '2' })], '2/3 (avg)'],
  [[CONTAINER], [measured('ContainerResource', 'containerResource', { averageUtilization: 70 })], 'cpu: 70%/80%'],
  [[PODS, OBJECT, EXTERNAL], [], '<unknown>/10, <unknown>/7 + 1 more...'],
])('the metrics %j with the state %j are shown', (metrics, currentMetrics, expected) => {
  const facts = { spec: { metrics }, status: { currentMetrics } };
  expect(cellsOf('HorizontalPodAutoscaler', facts)[2]).toBe(expected);
});
