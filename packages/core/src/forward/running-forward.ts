import type { Cluster } from '../cluster/cluster.ts';
import { resolveTarget } from '../cluster/resolve-target.ts';
import { StartTimeoutError } from '../errors/forward-errors.ts';
import { KforgeError } from '../errors/kforge-error.ts';
import { StreamRefusedError, TunnelClosedError } from '../errors/transport-errors.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import { CleanupStack } from '../lifecycle/cleanup-stack.ts';
import { withTimeLimit } from '../lifecycle/time-limit.ts';
import type { PortForwardInfo, PortForwardStatus } from '../model/forward-info.ts';
import type { ForwardSpec } from '../model/forward-spec.ts';
import { dialTunnel } from '../transport/dial-tunnel.ts';
import { type ConnectionClosed, Connections } from './connections.ts';
import type { ForwardDependencies, ForwardObserver } from './forward-dependencies.ts';
import { forwardSnapshot } from './forward-snapshot.ts';
import { LocalPorts } from './local-ports.ts';
import { nextStatus, type StatusEvent } from './next-status.ts';
import { TunnelKeeper } from './tunnel-keeper.ts';

/** One forward, from its start to its end: local ports, the way to a pod, and the connections between them. */
export class RunningForward {
  readonly id: string;
  readonly spec: ForwardSpec;
  readonly #dependencies: ForwardDependencies;
  readonly #observer: ForwardObserver;
  readonly #controller = new AbortController();
  readonly #cleanup = new CleanupStack();
  readonly #ports: LocalPorts;
  readonly #connections: Connections;
  readonly #started = Promise.withResolvers<TunnelKeeper>();
  #keeper: TunnelKeeper | undefined;
  #cluster: Cluster | undefined;
  #status: PortForwardStatus = 'connecting';
  #error: KforgeError | undefined;
  #startTime: Date = new Date();
  #doing = 'reading the kubeconfig';

  constructor(options: {
    readonly id: string;
    readonly spec: ForwardSpec;
    readonly dependencies: ForwardDependencies;
    readonly observer: ForwardObserver;
  }) {
    this.id = options.id;
    this.spec = options.spec;
    this.#dependencies = options.dependencies;
    this.#started.promise.catch(() => undefined); // a start that fails while no connection waits for it
    this.#observer = options.observer;
    this.#ports = new LocalPorts({
      spec: this.spec,
      onConnection: (socket, portIndex) => void this.#connections.accept(socket, portIndex),
    });
    this.#connections = new Connections({
      finHoldMs: this.spec.finHoldMs,
      flushQueue: options.dependencies.flushQueue,
      logger: options.dependencies.logger,
      tryAcquire: (portIndex) => this.#keeper?.tryAcquire(portIndex),
      acquire: (portIndex) => this.#acquire(portIndex),
      onOpened: (connection) => this.#observer.onConnectionOpened(connection),
      onClosed: (event) => this.#onConnectionClosed(event),
    });
  }

  /** Ends when the forward was stopped or its start failed. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Takes the ports, finds the pod, opens the tunnel. A start that fails leaves nothing behind. */
  async start(options: AbortOptions): Promise<void> {
    const { startTimeoutMs } = this.spec;
    const signal = options.signal ? AbortSignal.any([options.signal, this.signal]) : this.signal;
    const onTimeout = (): Error => new StartTimeoutError({ timeoutMs: startTimeoutMs, doing: this.#doing });
    try {
      await withTimeLimit({ timeoutMs: startTimeoutMs, onTimeout, signal }, (limited) => this.#start(limited));
    } catch (error) {
      const isCancelled = options.signal?.aborted === true;
      await this.#end(isCancelled ? 'stop-requested' : 'given-up', KforgeError.is(error) ? error : undefined);
      throw error;
    }
  }

  /** Frees the ports, resets what is open, closes the tunnels. Idempotent. */
  stop(): Promise<void> {
    return this.#end('stop-requested', undefined);
  }

  /** The forward as it is now. */
  snapshot(): PortForwardInfo {
    return forwardSnapshot({
      id: this.id,
      spec: this.spec,
      context: this.#cluster?.context ?? this.spec.context ?? '',
      namespace: this.spec.namespace ?? this.#cluster?.namespace ?? '',
      status: this.#status,
      error: this.#error,
      startTime: this.#startTime,
      ports: this.#ports,
      connections: this.#connections,
      keeper: this.#keeper,
    });
  }

  async #start(signal: AbortSignal): Promise<void> {
    await this.#ports.bind();
    const lease = await this.#dependencies.leaseCluster({ context: this.spec.context, signal });
    this.#cleanup.defer(() => lease.release());
    this.#cluster = lease.cluster;
    const keeper = this.#createKeeper(lease.cluster);
    this.#keeper = keeper;
    this.#cleanup.defer(() => keeper.close(this.signal.reason as KforgeError));
    this.#started.resolve(keeper);
    await keeper.open({ signal });
    await this.#ports.bind(keeper.target?.ports.map(({ numberOnTarget }) => numberOnTarget));
    signal.throwIfAborted();
    this.#startTime = new Date();
    this.#change('tunnel-opened');
  }

  #createKeeper(cluster: Cluster): TunnelKeeper {
    const { spec } = this;
    const namespace = spec.namespace ?? cluster.namespace;
    const { carriers, flushQueue, watchdog, logger } = this.#dependencies;
    return new TunnelKeeper({
      spec,
      signal: this.signal,
      watchdog,
      logger,
      resolve: (options) => {
        this.#doing = 'looking for the pod';
        const { target, containerName, podRunningTimeoutMs } = spec;
        const ports = spec.ports.map(({ remotePort }) => remotePort);
        return resolveTarget({ cluster, namespace, target, ports, containerName, podRunningTimeoutMs, ...options });
      },
      dial: (options) => {
        this.#doing = 'opening the tunnel';
        return dialTunnel({ cluster, namespace, carriers, flushQueue, ...options });
      },
      onConnected: () => {
        if (this.#status === 'disconnected') this.#change('tunnel-opened');
      },
      onDisconnected: (error, retryInMs) => {
        this.#change('tunnel-lost', error);
        this.#observer.onDisconnected(error, retryInMs);
      },
      onGivenUp: (error) => void this.#end('given-up', error),
    });
  }

  async #acquire(portIndex: number): ReturnType<TunnelKeeper['acquire']> {
    // Programs may connect while the start is under way: the port is taken first of all.
    const keeper = await this.#started.promise;
    return keeper.acquire(portIndex);
  }

  #onConnectionClosed(event: ConnectionClosed): void {
    this.#observer.onConnectionClosed(event);
    const { error } = event;
    if (error instanceof StreamRefusedError && error.reason === 'pod-gone') void this.#keeper?.onPodGone(error);
  }

  #change(event: StatusEvent, error?: KforgeError): void {
    if (this.#status === 'stopped') return;
    const status = nextStatus(this.#status, event);
    if (status === this.#status && error?.message === this.#error?.message) return;
    this.#status = status;
    this.#error = error;
    this.#observer.onChanged();
  }

  /** The one way in which a forward ends. What remains of one that was given up is its record. */
  async #end(event: StatusEvent, error: KforgeError | undefined): Promise<void> {
    const reason = error ?? new TunnelClosedError({ message: 'The forward was stopped' });
    this.#controller.abort(reason);
    this.#started.reject(reason);
    this.#connections.abortAll(reason);
    await this.#ports.close();
    await this.#cleanup.run();
    this.#change(event, error);
  }
}
