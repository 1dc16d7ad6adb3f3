import { type Clock, timestamp } from '../clock/clock.ts';
import { notFound } from '../errors/statuses.ts';
import { fieldsOf, listOf } from '../objects/defaults/fields.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** Changes the condition `Ready` of a node. @throws StatusError 404. */
export function setNodeReady(options: {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly name: string;
  readonly ready: boolean;
}): void {
  const { store, clock, name, ready } = options;
  const key = { kind: builtInKind('Node'), namespace: undefined, name };
  const node = store.get(key);
  if (!node) throw notFound({ ...key.kind, name });
  const status = fieldsOf(node.status);
  const conditions = listOf(status.conditions);
  const before = conditions.find(({ type }) => type === 'Ready');
  const word = ready ? 'True' : 'Unknown';
  if (before?.status === word) return;
  const now = timestamp(clock);
  const condition = {
    type: 'Ready',
    status: word,
    reason: ready ? 'KubeletReady' : 'NodeStatusUnknown',
    message: ready ? 'kubelet is posting ready status' : 'Kubelet stopped posting node status.',
    lastHeartbeatTime: ready ? now : (before?.lastHeartbeatTime ?? now),
    lastTransitionTime: now,
  };
  const others = conditions.filter((one) => one !== before);
  store.replace({ ...node, status: { ...status, conditions: [...others, condition] } });
}
