import { expect, test } from 'vitest';
import { parseFieldSelector } from '../../src/api/field-selector.ts';
import { builtInKind } from '../../src/state/built-in-kinds.ts';
import type { KubernetesObject } from '../../src/state/kubernetes-object.ts';
import type { ResourceKind } from '../../src/state/resource-kind.ts';

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
  expect(parseFieldSelector({ text, kind: builtInKind('Pod') })(POD)).toBe(expected);
});

test('events are selected by the object they are about', () => {
  const event: KubernetesObject = { ...POD, kind: 'Event', involvedObject: { kind: 'Pod', name: 'web-0', uid: 'u' } };
  const selects = (text: string) => parseFieldSelector({ text, kind: builtInKind('Event') })(event);
  expect(selects('involvedObject.name=web-0,involvedObject.uid=u')).toBe(true);
  expect(selects('involvedObject.uid=other')).toBe(false);
});

test.each([
  ['metadata.name=a,', false],
  [',', true],
  ['=', true],
  ['metadata.name=web-0,metadata.name=web-1', false],
  ['spec.host=node-1', true],
  ['spec.hostNetwork=false', true],
  ['metadata.namespace=', false],
  [String.raw`metadata.name!=a\,b`, true],
  [String.raw`metadata.name=a\=\\`, false],
])('the field selector "%s" selects the pod as a server does: %s', (text, expected) => {
  expect(parseFieldSelector({ text, kind: builtInKind('Pod') })(POD)).toBe(expected);
});

test('an escaped character is part of the value', () => {
  const selects = parseFieldSelector({ text: String.raw`status.phase=a\,b\=c\\`, kind: builtInKind('Pod') });
  expect(selects({ ...POD, status: { phase: 'a,b=c\\' } })).toBe(true);
});

test.each([
  ['Node', { spec: {} }, 'spec.unschedulable=false'],
  ['Node', { spec: { unschedulable: true } }, 'spec.unschedulable=true'],
  ['Namespace', { status: { phase: 'Active' } }, 'status.phase=Active'],
  ['Secret', { type: 'Opaque' }, 'type=Opaque'],
  ['Service', { spec: { clusterIP: 'None', type: 'ClusterIP' } }, 'spec.clusterIP=None,spec.type=ClusterIP'],
  ['Job', { status: {} }, 'status.successful=0'],
  ['Job', { status: { succeeded: 2 } }, 'status.successful=2'],
  ['Event', { source: { component: 'kubelet' } }, 'source=kubelet'],
  ['Event', { source: {}, reportingComponent: 'sched' }, 'source=sched,reportingComponent=sched'],
])('a %s with %j is selected by %s', (name, fields, text) => {
  const { spec: _spec, status: _status, ...bare } = POD;
  expect(parseFieldSelector({ text, kind: builtInKind(name) })({ ...bare, ...fields })).toBe(true);
});

const CUSTOM: ResourceKind = { ...builtInKind('Pod'), isCustom: true };

test.each<[string, ResourceKind, string]>([
  ['spec.image=x', builtInKind('Pod'), 'field label not supported: spec.image'],
  ['involvedObject.name=x', builtInKind('Pod'), 'field label not supported: involvedObject.name'],
  ['=x', builtInKind('Pod'), 'field label not supported: '],
  [' metadata.name=x', builtInKind('Pod'), 'field label not supported:  metadata.name'],
  ['constructor=', builtInKind('Pod'), 'field label not supported: constructor'],
  ['metadata.name', builtInKind('Pod'), "invalid selector: 'metadata.name'; can't understand 'metadata.name'"],
  ['metadata.name=a,b', builtInKind('Pod'), "invalid selector: 'metadata.name=a,b'; can't understand 'b'"],
  ['metadata.name=a=b', builtInKind('Pod'), 'invalid field selector: unescaped character in value: 61'],
  [String.raw`metadata.name=a\x`, builtInKind('Pod'), String.raw`invalid field selector: invalid escape sequence: \x`],
  ['metadata.name=a\\', builtInKind('Pod'), 'invalid field selector: invalid escape sequence: \\'],
  [String.raw`x,metadata.name=\q`, builtInKind('Pod'), String.raw`invalid field selector: invalid escape sequence: \q`],
  ['metadata.namespace=x', builtInKind('Namespace'), 'field label not supported: metadata.namespace'],
  ['metadata.namespace=x', builtInKind('Node'), 'field label not supported: metadata.namespace'],
  ['status.failed=1', builtInKind('Job'), 'field label "status.failed" not supported for Job'],
  [
    'status.replicas=1',
    builtInKind('ReplicaSet'),
    '"status.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  ['status.phase=x', CUSTOM, 'field label not supported: status.phase'],
])('the field selector "%s" is refused with 400 as a server words it', (text, kind, message) => {
  expect(() => parseFieldSelector({ text, kind })).toThrow(expect.objectContaining({ code: 400, message }));
});
