import type { Clock } from '../clock/clock.ts';
import { ContainerLog } from './container-log.ts';

/** Names one container of one pod. */
export interface ContainerName {
  /** The uid of the pod. */
  readonly uid: string;
  readonly container: string;
}

interface Instances {
  readonly current: ContainerLog;
  readonly previous: ContainerLog | undefined;
}

/** The logs of all containers: of each the one that runs or ran last, and the one before it. */
export class PodLogs {
  readonly #clock: Clock;
  readonly #pods = new Map<string, Map<string, Instances>>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /** Begins the log of a container that starts. */
  begin({ uid, container }: ContainerName): void {
    const containers = this.#pods.get(uid) ?? new Map<string, Instances>();
    const previous = containers.get(container)?.current;
    previous?.end();
    this.#pods.set(uid, containers);
    containers.set(container, { current: new ContainerLog(), previous });
  }

  /** Adds a line to the log of a container, with the time of now. */
  write({ line, ...name }: ContainerName & { readonly line: string }): void {
    if (!this.find(name)) this.begin(name);
    this.find(name)?.write({ line, atMs: this.#clock.now() });
  }

  /** Says that a container has ended; its log can still be read. */
  end(name: ContainerName): void {
    this.find(name)?.end();
  }

  /** Forgets the logs of a pod, and ends those who follow them. */
  remove(uid: string): void {
    for (const { current } of this.#pods.get(uid)?.values() ?? []) current.end();
    this.#pods.delete(uid);
  }

  /** Forgets everything. */
  clear(): void {
    for (const uid of [...this.#pods.keys()]) this.remove(uid);
  }

  /** The log of a container; `previous`: the one before its last start. */
  find({
    uid,
    container,
    previous = false,
  }: ContainerName & { readonly previous?: boolean }): ContainerLog | undefined {
    const instances = this.#pods.get(uid)?.get(container);
    return previous ? instances?.previous : instances?.current;
  }
}
