import { type Clock, timestamp } from '../clock/clock.ts';
import type { EventRecorder } from '../objects/event-recorder.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { Sandboxes } from './sandboxes.ts';

const NOT_READY = ['Ready', 'ContainersReady', 'PodReadyToStartContainers'];

/** Evicts a pod that a test moves: it has failed, and what runs in it ends. */
export function evictStaticPod(options: {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly events: EventRecorder;
  readonly sandboxes: Sandboxes;
  readonly pod: PodObject;
  readonly message: string;
}): void {
  const { store, clock, events, sandboxes, pod, message } = options;
  const { status } = pod;
  if (status.phase === 'Succeeded' || status.phase === 'Failed') return;
  const now = timestamp(clock);
  const terminated = { exitCode: 137, reason: 'Error', finishedAt: now };
  const conditions = status.conditions?.map((one) =>
    NOT_READY.includes(one.type) && one.status === 'True'
      ? { ...one, status: 'False', reason: 'PodFailed', lastTransitionTime: now }
      : one,
  );
  const containerStatuses = status.containerStatuses?.map((one) => ({
    ...one,
    ready: false,
    started: false,
    ...(one.state?.running && { state: { terminated: { ...one.state.running, ...terminated } } }),
  }));
  store.batch(() => {
    const failed = { ...status, phase: 'Failed', reason: 'Evicted', message, conditions, containerStatuses };
    const evicted = store.replace({ ...pod, status: failed });
    events.record({ about: evicted, type: 'Warning', reason: 'Evicted', message, component: 'kubelet' });
  });
  sandboxes.remove(pod.metadata.uid);
}
