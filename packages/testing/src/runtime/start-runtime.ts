import { badRequest, notFound } from '../errors/statuses.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { PodObject } from '../state/kubernetes-object.ts';
import { deletePod } from './delete-pod.ts';
import { evictStaticPod } from './evict-static-pod.ts';
import { Kubelet, type KubeletOptions } from './kubelet.ts';
import { PodLogs } from './pod-logs.ts';
import { runScheduler } from './scheduler.ts';
import { setNodeReady } from './set-node-ready.ts';

/** What {@link startRuntime} works with. */
export type RuntimeOptions = Omit<KubeletOptions, 'logs'>;

/** Names a pod. */
export interface PodName {
  readonly name: string;
  readonly namespace: string;
}

/** Names a container of a pod. */
export interface ContainerOfPod extends PodName {
  /** @default the first one */
  readonly container?: string | undefined;
}

/** The running nodes, as a test moves them. */
export interface Runtime {
  readonly logs: PodLogs;
  /**
   * Ends a running container, which then starts again if its pod wants that.
   *
   * @param options `exitCode`: 137 by default for `OOMKilled`, else 1; `reason`: 'Error' by default.
   * @throws StatusError 404, 400 when it does not run, or a test moves its pod itself.
   */
  crash(
    options: ContainerOfPod & {
      readonly exitCode?: number | undefined;
      readonly reason?: 'OOMKilled' | 'Error' | undefined;
    },
  ): void;
  /** Ends a pod as a node does that has too little left: it has failed, `Evicted`, and its connections are cut. @throws StatusError 404. */
  evict(options: PodName & { readonly message: string }): void;
  /** Makes a node ready or not, and with it its pods, as the node controller does. @throws StatusError 404. */
  setNodeReady(options: { readonly name: string; readonly ready: boolean }): void;
  /** Makes a container say a line. @throws StatusError 404 for an unknown pod, 400 for an unknown container. */
  writeLog(options: ContainerOfPod & { readonly line: string }): void;
  /**
   * Deletes a pod: one that a test moves stays `Terminating` for the whole grace, any other one ends as its image says, at the latest
   * after the grace. Fulfilled when it has ended, or the cluster has.
   *
   * @param options `graceMs`: in milliseconds, 0 removes it at once.
   * @throws StatusError 404.
   */
  deletePod(options: PodName & { readonly graceMs: number }): Promise<void>;
}

/** Starts the scheduler and the kubelets; the signal ends them. */
export function startRuntime(options: RuntimeOptions): Runtime {
  const { store, sandboxes, clock, events, signal } = options;
  const logs = new PodLogs({ clock });
  runScheduler({ store, clock, events, sandboxes, signal });
  const kubelet = new Kubelet({ ...options, logs });

  const podOf = ({ name, namespace }: PodName): PodObject => {
    const pod = store.get({ kind: builtInKind('Pod'), namespace, name });
    if (!pod) throw notFound({ ...builtInKind('Pod'), name });
    return pod as PodObject;
  };

  return {
    logs,
    crash({ reason = 'Error', exitCode = reason === 'OOMKilled' ? 137 : 1, ...name }) {
      const pod = podOf(name);
      const worker = kubelet.workerOf(pod);
      if (!worker) throw badRequest(`no kubelet runs the pod ${pod.metadata.name}`);
      const wanted = containerOf(pod, name.container);
      const container = worker.containers.find(({ plan }) => plan.name === wanted);
      if (!container?.isRunning) throw badRequest(`container ${wanted} in pod ${pod.metadata.name} is not running`);
      worker.crash(container, { code: exitCode, reason });
    },
    evict({ message, ...name }) {
      const pod = podOf(name);
      const worker = kubelet.workerOf(pod);
      if (worker) worker.fail({ reason: 'Evicted', message });
      else evictStaticPod({ store, clock, events, sandboxes, pod, message });
    },
    setNodeReady({ name, ready }) {
      store.batch(() => {
        setNodeReady({ store, clock, name, ready });
        kubelet.refresh(name);
      });
    },
    writeLog({ line, ...name }) {
      const pod = podOf(name);
      logs.write({ uid: pod.metadata.uid, container: containerOf(pod, name.container), line });
    },
    async deletePod({ graceMs, ...name }) {
      const pod = podOf(name);
      const { uid } = pod.metadata;
      const worker = kubelet.workerOf(pod);
      const release = worker ? () => undefined : kubelet.hold(uid);
      try {
        if (worker) await worker.endWithin(graceMs);
        else await deletePod({ store, sandboxes, clock, signal, ...name, graceMs });
      } finally {
        release();
      }
    },
  };
}

/** @throws StatusError 400. */
function containerOf({ metadata, spec }: PodObject, name: string | undefined): string {
  const initContainers = Array.isArray(spec.initContainers) ? (spec.initContainers as readonly { name: string }[]) : [];
  const names = [...spec.containers, ...initContainers].map((container) => container.name);
  const chosen = name ?? names[0];
  if (chosen === undefined || !names.includes(chosen)) {
    throw badRequest(`container ${chosen ?? ''} is not valid for pod ${metadata.name}`);
  }
  return chosen;
}
