import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { PodHandler } from '../pods/pod-handler.ts';
import type { PodObject } from '../state/kubernetes-object.ts';

interface Sandbox {
  readonly serve: Readonly<Record<number, PodHandler>>;
  readonly connections: Set<Duplex>;
}

/** What runs inside the pods: the handlers behind their ports. It stands where the kubelet and the container runtime stand. */
export class Sandboxes {
  readonly #sandboxes = new Map<string, Sandbox>();

  /** Starts what listens in a pod. */
  create({ uid, serve }: { uid: string; serve: Readonly<Record<number, PodHandler>> }): void {
    this.#sandboxes.set(uid, { serve, connections: new Set() });
  }

  /** Ends what runs in a pod, and with it the connections to it. */
  remove(uid: string): void {
    const sandbox = this.#sandboxes.get(uid);
    this.#sandboxes.delete(uid);
    for (const connection of sandbox?.connections ?? []) connection.destroy();
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
    const handler = sandbox.serve[port];
    return (
      handler &&
      ((connection, context) => {
        sandbox.connections.add(connection);
        connection.once('close', () => sandbox.connections.delete(connection));
        return handler(connection, context);
      })
    );
  }
}
