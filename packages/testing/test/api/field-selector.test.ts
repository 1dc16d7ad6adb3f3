import { expect, test } from 'vitest';
import { parseFieldSelector } from '../../src/api/field-selector.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import { knownKind } from '../../src/state/resource-kinds.ts';

const POD: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-0', namespace: 'shop', uid: 'u', resourceVersion: '1', creationTimestamp: '' },
  spec: { nodeName: 'node-1' },
  status: { phase: 'Running' },
};

test.each([
  ['', true],
  ['metadata.name=web-0', true],
  ['metadata.name==web-0', true],
  ['metadata.name=web-1', false],
  ['metadata.name!=web-1', true],
  ['metadata.namespace=shop', true],
  ['status.phase=Running,spec.nodeName=node-1', true],
  ['status.phase=Running,spec.nodeName!=node-1', false],
  ['status.podIP=', true],
])('the field selector "%s" selects the pod: %s', (text, expected) => {
  expect(parseFieldSelector({ text, kind: knownKind('Pod') })(POD)).toBe(expected);
});

test('events are selected by the object they are about', () => {
  const event: KubernetesObject = { ...POD, kind: 'Event', involvedObject: { kind: 'Pod', name: 'web-0', uid: 'u' } };
  const selects = (text: string) => parseFieldSelector({ text, kind: knownKind('Event') })(event);
  expect(selects('involvedObject.name=web-0,involvedObject.uid=u')).toBe(true);
  expect(selects('involvedObject.uid=other')).toBe(false);
});

test.each(['spec.image=x', 'involvedObject.name=x', 'metadata.name', '=x'])(
  'the field selector "%s" is refused for pods with 400',
  (text) => {
    expect(() => parseFieldSelector({ text, kind: knownKind('Pod') })).toThrow(expect.objectContaining({ code: 400 }));
  },
);
