import { expect, test } from 'vitest';
import { parseJsonPath } from '../../../src/api/tables/json-path.ts';

const OBJECT: unknown = JSON.parse(`{
  "spec": { "replicas": 3, "list": ["p", "q"], "nested": { "x": 5 }, "nothing": null, "__proto__": { "own": 1 } },
  "metadata": { "labels": { "app.kubernetes.io/name": "web" } },
  "status": { "conditions": [{ "type": "A", "n": 1 }, { "type": "Ready", "status": "True", "n": 2, "on": true }] }
}`);

test.each([
  ['.spec.replicas', 3],
  ['.spec.nested', { x: 5 }],
  ['.spec.nested.x', 5],
  ["['spec.nested'].x", 5],
  ['.spec.nothing', null],
  ['.spec.list[0]', 'p'],
  ['.spec.list[-1]', 'q'],
  ['.spec.list[-2]', 'p'],
  ['.spec.list[*]', 'p'],
  [String.raw`.metadata.labels.app\.kubernetes\.io/name`, 'web'],
  [String.raw`.metadata.labels['app\.kubernetes\.io/name']`, 'web'],
  ['.status.conditions[?(@.type=="Ready")].status', 'True'],
  ['.status.conditions[?(@.type == "Ready")].status', 'True'],
  [".status.conditions[?(@.type=='Ready')].status", 'True'],
  ['.status.conditions[?(@.n==1)].type', 'A'],
  ['.status.conditions[?(@.on==true)].type', 'Ready'],
])('the path %s leads to %j', (path, expected) => {
  expect(parseJsonPath(path)(OBJECT)).toEqual(expected);
});

test.each([
  '.spec.missing',
  '.spec.replicas.deeper',
  '.spec.list[2]',
  '.spec.list[-3]',
  '.spec.list.length',
  '.spec.constructor',
  '.spec.toString.name',
  '.status.conditions[?(@.type=="Missing")].status',
  '.status.conditions[?(@.type>"A")].status',
  '.status.conditions[?(@.n==007)].no',
  '..replicas',
  '.spec[',
  'spec',
  '.spec.list[0:1]',
])('the path %s leads nowhere', (path) => {
  expect(parseJsonPath(path)(OBJECT)).toBeUndefined();
});
