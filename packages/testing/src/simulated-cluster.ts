import type { SimulatedClusterOptions } from './cluster/simulated-cluster-options.ts';
import { type RunningCluster, startCluster } from './cluster/start-cluster.ts';
import type { LoggedRequest } from './http/request-log.ts';
import type { PodOptions, PodPhase } from './objects/pod-options.ts';
import type { ServiceOptions } from './objects/service-object.ts';
import type { PortForwardSession } from './port-forward/serve-port-forward.ts';
import { deletePod } from './runtime/delete-pod.ts';
import type { KubernetesObject, ObjectInput, ObjectName, PodObject, ServiceObject } from './state/kubernetes-object.ts';

/**
 * A Kubernetes API server in this process that the real kubectl accepts, with pods that are functions of a byte stream.
 *
 * @example
 * await using cluster = await SimulatedCluster.start();
 * cluster.addPod({ name: 'web', labels: { app: 'web' }, serve: { 80: (connection) => connection.pipe(connection) } });
 * cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80 }] });
 */
export class SimulatedCluster implements AsyncDisposable {
  readonly #parts: RunningCluster;
  #stopped: Promise<void> | undefined;

  private constructor(parts: RunningCluster) {
    this.#parts = parts;
  }

  /**
   * Starts a cluster with one node and the namespaces `default` and `kube-system`.
   *
   * @throws the signal's reason, or the error of the system when the port is taken.
   */
  static async start(options: SimulatedClusterOptions = {}): Promise<SimulatedCluster> {
    return new SimulatedCluster(await startCluster(options));
  }

  /** The URL of the API server, `https://127.0.0.1:PORT`. */
  get server(): string {
    return this.#parts.server;
  }

  /** The certificate of the authority that signed the server's, as a PEM block. */
  get certificateAuthority(): string {
    return this.#parts.certificateAuthority;
  }

  /** A kubeconfig as YAML: one context, with a client certificate of `simulated-admin` in the group `system:masters`. */
  get kubeconfig(): string {
    return this.#parts.kubeconfig;
  }

  /** The same kubeconfig as a file of mode 0600 in a folder of its own, there until the cluster stops. */
  get kubeconfigPath(): string {
    return this.#parts.kubeconfigPath;
  }

  /** The latest 10,000 requests, the oldest first, as a snapshot. */
  get requests(): readonly LoggedRequest[] {
    return this.#parts.log.list();
  }

  /** The port-forward sessions that are open now, as a snapshot. */
  get tunnels(): readonly PortForwardSession[] {
    return this.#parts.tunnels.sessions;
  }

  /** Adds a namespace. @throws StatusError 409 when there is one of that name. */
  addNamespace(name: string): KubernetesObject {
    return this.#parts.objects.addNamespace(name);
  }

  /** Adds a pod with what listens in it. @throws StatusError 409 for a name that is taken, 404 for an unknown namespace. */
  addPod(options: PodOptions): PodObject {
    return this.#parts.objects.addPod(options);
  }

  /** Adds a service; its EndpointSlices follow the pods that its selector matches. @throws StatusError as {@link addPod}. */
  addService(options: ServiceOptions): ServiceObject {
    return this.#parts.objects.addService(options);
  }

  /** Adds an object of any known kind as it is. @throws StatusError 409, 404 as {@link addPod}, 400 for an unknown kind. */
  add(object: ObjectInput): KubernetesObject {
    return this.#parts.objects.add(object);
  }

  /** Puts a new version in the place of an object. @throws StatusError 404 when it does not exist. */
  update(object: ObjectInput): KubernetesObject {
    return this.#parts.objects.update(object);
  }

  /** Makes a pod ready or not, with all its containers. @throws StatusError 404. */
  setPodReady(options: ObjectName & { readonly ready: boolean }): PodObject {
    return this.#parts.objects.setPodReady(options);
  }

  /** Moves a pod to another phase; a running pod is ready, any other is not. @throws StatusError 404. */
  setPodPhase(options: ObjectName & { readonly phase: PodPhase }): PodObject {
    return this.#parts.objects.setPodPhase(options);
  }

  /**
   * Deletes a pod: it gets its `deletionTimestamp`, after the grace it is gone. Port forwards to it stay open, as on a real cluster, and
   * their later connections fail. Without grace all of it has happened when this returns.
   *
   * @param options `graceMs`: how long the pod is `Terminating`, in milliseconds; 0 by default.
   * @throws StatusError 404.
   */
  async deletePod(options: ObjectName & { readonly graceMs?: number | undefined }): Promise<void> {
    const { store, sandboxes, signal, namespace } = this.#parts;
    const { name, graceMs = 0 } = options;
    await deletePod({ store, sandboxes, namespace: options.namespace ?? namespace, name, graceMs, signal });
  }

  /** Cuts the sockets of all port-forward sessions, as a load balancer that restarts does. */
  dropTunnels(): void {
    this.#parts.tunnels.drop();
  }

  /** From now on refuses new port-forward sessions with an HTTP status from 400 to 599; `undefined` accepts them again. */
  refusePortForward(status: number | undefined): void {
    this.#parts.tunnels.refuse(status);
  }

  /** Stops the cluster: afterwards no socket, timer or file of it is left. Further calls wait for the first. */
  stop(): Promise<void> {
    this.#stopped ??= this.#parts.stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
