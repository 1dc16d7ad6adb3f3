import type { Clock } from '../clock/clock.ts';
import type { Images } from './images.ts';
import type { PodLogs } from './pod-logs.ts';
import type { Sandboxes } from './sandboxes.ts';

/** An event about a container. */
export interface ContainerEvent {
  /** @default 'Normal' */
  readonly type?: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What the containers of one pod share: what they find on their node, and whom they tell. */
export interface ContainerHost {
  readonly uid: string;
  readonly podName: string;
  readonly namespace: string;
  readonly podIp: string;
  readonly clock: Clock;
  readonly images: Images;
  readonly sandboxes: Sandboxes;
  readonly logs: PodLogs;
  /** The images that the node has pulled. */
  readonly pulled: Set<string>;
  /** Runs what the clock brings; the status of the pod follows. */
  readonly step: (work: () => void) => void;
  /** Writes the status of the pod as it is now. */
  readonly publish: () => void;
  /** Records an event about a container. */
  readonly record: (container: string, event: ContainerEvent) => void;
  /** Hears that a sidecar has started. */
  readonly started: (container: string) => void;
  /** Hears what a function of an image has thrown. */
  readonly failed: (error: Error) => void;
  /** Hears that a container has ended. */
  readonly exited: (container: string) => void;
}
