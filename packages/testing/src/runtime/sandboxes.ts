import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { PodHandler } from '../pods/pod-handler.ts';
import type { PodObject } from '../state/kubernetes-object.ts';

/** What listens in a pod, by port. */
type Listeners = Readonly<Record<number, PodHandler>>;

interface Process {
  listeners: Listeners;
  readonly connections: Set<Duplex>;
}

/** The name of what a test made listen in a pod without saying in which container. */
const WHOLE_POD = '';

/** What runs inside the pods: the handlers behind their ports. It stands where the container runtime stands. */
export class Sandboxes {
  readonly #sandboxes = new Map<string, Map<string, Process>>();

  /** Makes the sandbox of a pod, and starts what listens in it. */
  create({ uid, serve }: { readonly uid: string; readonly serve: Listeners }): void {
    this.#sandboxes.set(uid, new Map([[WHOLE_POD, { listeners: serve, connections: new Set() }]]));
  }

  /** Whether there is a sandbox for the pod. */
  has(uid: string): boolean {
    return this.#sandboxes.has(uid);
  }

  /** Ends what runs in a pod, and with it the connections to it. */
  remove(uid: string): void {
    const names = [...(this.#sandboxes.get(uid)?.keys() ?? [])];
    for (const container of names) this.end({ uid, container });
    this.#sandboxes.delete(uid);
  }

  /** Starts what listens in one container. All containers of a pod share its ports; the one that started first has a port. */
  start({
    uid,
    container,
    serve,
  }: {
    readonly uid: string;
    readonly container: string;
    readonly serve: Listeners;
  }): void {
    this.#sandboxes.get(uid)?.set(container, { listeners: serve, connections: new Set() });
  }

  /** Lets one container accept no more connections; those that are open live on. */
  drain({ uid, container }: { readonly uid: string; readonly container: string }): void {
    const process = this.#sandboxes.get(uid)?.get(container);
    if (process) process.listeners = {};
  }

  /** Ends what runs in one container, and with it the connections to it. */
  end({ uid, container }: { readonly uid: string; readonly container: string }): void {
    const sandbox = this.#sandboxes.get(uid);
    const process = sandbox?.get(container);
    sandbox?.delete(container);
    for (const connection of process?.connections ?? []) connection.destroy();
  }

  /** The name that the runtime has for a pod: 64 hexadecimal digits. */
  idOf({ metadata }: PodObject): string {
    return createHash('sha256').update(metadata.uid).digest('hex');
  }

  /**
   * The handler behind a port; `undefined` when nothing listens there.
   *
   * @throws Error in the words of containerd when this pod is gone, even if another one has its name now.
   */
  findHandler(pod: PodObject, port: number): PodHandler | undefined {
    const sandbox = this.#sandboxes.get(pod.metadata.uid);
    if (!sandbox) throw new Error(`failed to find sandbox "${this.idOf(pod)}" in store: not found`);
    for (const { listeners, connections } of sandbox.values()) {
      const handler = listeners[port];
      if (!handler) continue;
      return (connection, context) => {
        connections.add(connection);
        connection.once('close', () => connections.delete(connection));
        return handler(connection, context);
      };
    }
    return undefined;
  }
}
