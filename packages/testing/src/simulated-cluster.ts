import type { IssuedToken, TokenOptions } from './access/tokens.ts';
import type { Kubeconfig, KubeconfigOptions } from './certificates/kubeconfigs.ts';
import { ClusterObjects } from './cluster/cluster-objects.ts';
import { type CustomKind, customKind } from './cluster/custom-kind.ts';
import type { SimulatedClusterOptions } from './cluster/simulated-cluster-options.ts';
import { type RunningCluster, startCluster } from './cluster/start-cluster.ts';
import type { Faults } from './faults/faults.ts';
import type { Tunnel } from './faults/tunnels/tunnel.ts';
import type { LoggedRequest } from './http/request-log.ts';
import { NODE_NAME } from './objects/pod-object.ts';
import type { ImageOptions } from './runtime/images.ts';
import type { ObjectName } from './state/kubernetes-object.ts';

/**
 * A Kubernetes API server in this process that the real kubectl accepts, with pods that are functions of a byte stream.
 *
 * @example
 * await using cluster = await SimulatedCluster.start();
 * cluster.addPod({ name: 'web', labels: { app: 'web' }, serve: { 80: (connection) => connection.pipe(connection) } });
 * cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80 }] });
 */
export class SimulatedCluster extends ClusterObjects implements AsyncDisposable {
  readonly #parts: RunningCluster;
  #stopped: Promise<void> | undefined;

  private constructor(parts: RunningCluster) {
    super(parts);
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

  /** A kubeconfig as JSON, which is YAML, too: one context, with a client certificate of `simulated-admin` in the group `system:masters`. */
  get kubeconfig(): string {
    return this.#parts.kubeconfig.text;
  }

  /** The same kubeconfig as a file of mode 0600 in a folder of its own, there until the cluster stops. */
  get kubeconfigPath(): string {
    return this.#parts.kubeconfig.path;
  }

  /** The latest 10,000 requests, the oldest first, as a snapshot. */
  get requests(): readonly LoggedRequest[] {
    return this.#parts.log.list();
  }

  /** What goes wrong on purpose. */
  get faults(): Faults {
    return this.#parts.faults;
  }

  /** The port-forward sessions that are open now, as a snapshot; each can be spoilt while it lives. */
  get tunnels(): readonly Tunnel[] {
    return this.#parts.tunnels.sessions;
  }

  /**
   * Deletes a pod: it gets its `deletionTimestamp`, after the grace it is gone. Port forwards to it stay open, as on a real cluster, and
   * their later connections fail. Without grace all of it has happened when this returns.
   *
   * @param options `graceMs`: how long the pod is `Terminating`, in milliseconds; 0 by default. A pod that a test has added stays for all
   *   of it, any other ends as its image says.
   * @throws StatusError 404.
   */
  deletePod(options: ObjectName & { readonly graceMs?: number | undefined }): Promise<void> {
    return this.#parts.runtime.deletePod({ ...this.inNamespace(options), graceMs: options.graceMs ?? 0 });
  }

  /**
   * Ends a running container, which starts again if its pod wants that.
   *
   * @param options `container`: the first by default; `reason`: 'Error' by default; `exitCode`: 137 for `OOMKilled`, else 1.
   * @throws StatusError 404, 400 when it does not run, or when the test moves the pod itself, as those of {@link addPod}.
   */
  crashContainer(
    options: ObjectName & {
      readonly container?: string | undefined;
      readonly exitCode?: number | undefined;
      readonly reason?: 'OOMKilled' | 'Error' | undefined;
    },
  ): void {
    this.#parts.runtime.crash(this.inNamespace(options));
  }

  /** Ends a pod as a node does that has too little left: it has failed, and its connections are cut. @throws StatusError 404. */
  evictPod(options: ObjectName & { readonly message?: string | undefined }): void {
    const { message = 'The node was low on resource: memory.' } = options;
    this.#parts.runtime.evict({ ...this.inNamespace(options), message });
  }

  /** Makes a node ready or not, and with it its pods. @param options `name`: of the node; 'simulated-node' by default. @throws StatusError 404. */
  setNodeReady({ name = NODE_NAME, ready }: { readonly name?: string | undefined; readonly ready: boolean }): void {
    this.#parts.runtime.setNodeReady({ name, ready });
  }

  /** Makes a container, by default the first of its pod, say a line. @throws StatusError 404, 400 for an unknown container. */
  writeLog(options: ObjectName & { readonly container?: string | undefined; readonly line: string }): void {
    this.#parts.runtime.writeLog(this.inNamespace(options));
  }

  /** Adds an image; one of the same name is replaced, for containers that start from then on. */
  addImage(image: ImageOptions): void {
    this.#parts.images.add(image);
  }

  /** Makes the server know another kind, as a CustomResourceDefinition does. @throws TypeError when it is known already. */
  addKind(kind: CustomKind): void {
    this.#parts.store.kinds.register(customKind(kind));
  }

  /** A kubeconfig for another user, whom the roles and bindings in the cluster tell what to do. @throws TypeError, RangeError for its lifetime. */
  issueKubeconfig(options: KubeconfigOptions): Kubeconfig {
    return this.#parts.kubeconfigs.issue(options);
  }

  /** Accepts one more bearer token. @throws TypeError for one that is accepted already, RangeError for a lifetime that is no time. */
  issueToken({ user, groups, uid, lifetimeMs, token }: TokenOptions): IssuedToken {
    return this.#parts.tokens.issue({ user, groups, uid, lifetimeMs, token });
  }

  /** From now on a token is answered with 401. @returns whether it was accepted before */
  revokeToken(token: string): boolean {
    return this.#parts.tokens.revoke(token);
  }

  /** From now on all tokens of this moment are answered with 401. */
  revokeTokens(): void {
    this.#parts.tokens.revokeAll();
  }

  /** Forgets the history of changes, so that watches which go on from an earlier version are answered with 410. */
  compactHistory(): void {
    this.#parts.store.compact();
  }

  /** Stops the API server as a crash does: every connection is cut, and nobody listens. Objects and pods live on. */
  stopServer(): Promise<void> {
    return this.#parts.control.stop();
  }

  /** Starts the API server again, on the same port. @throws the error of the system when somebody else has taken it. */
  startServer(): Promise<void> {
    return this.#parts.control.start();
  }

  /** Stops the API server and starts it again. @param options `downMs`: how long nobody listens, in milliseconds; 0 by default. */
  restartServer({ downMs = 0 }: { readonly downMs?: number | undefined } = {}): Promise<void> {
    return this.#parts.control.restart({ downMs });
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
