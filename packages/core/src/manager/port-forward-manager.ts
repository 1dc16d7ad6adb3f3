import { ForwardNotFoundError } from '../errors/forward-errors.ts';
import { DisposedError } from '../errors/options-error.ts';
import type { ForwardDependencies } from '../forward/forward-dependencies.ts';
import type { PortForwardConfig } from '../forward/forward-options.ts';
import { normalizeOptions } from '../forward/normalize-options.ts';
import { RunningForward } from '../forward/running-forward.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import { untilAborted } from '../lifecycle/deadline.ts';
import { nodeCrypto } from '../lifecycle/node-crypto.ts';
import { type Subscription, TypedEvents } from '../lifecycle/typed-events.ts';
import { silentLogger } from '../log/logger.ts';
import type { ForwardEvents, PortForwardEvent } from '../model/forward-events.ts';
import type { PortForwardInfo } from '../model/forward-info.ts';
import { findNextAvailablePort } from '../ports/find-next-available-port.ts';
import { isPortAvailable } from '../ports/is-port-available.ts';
import { suggestAlternativePort } from '../ports/suggest-alternative-port.ts';
import { CarrierMemory } from '../transport/carriers/carrier-memory.ts';
import { FlushQueue } from '../transport/flush-queue.ts';
import { DEFAULT_WATCHDOG_LIMITS } from '../transport/pool/tunnel-watchdog.ts';
import type { PortForwardManagerOptions } from './manager-options.ts';
import { observeForward } from './observe-forward.ts';
import { PortForward } from './port-forward.ts';
import { SharedClusters } from './shared-clusters.ts';

/** The manager of {@link PortForwardManager.getInstance}; every other one is made by `new`. */
let sharedManager: PortForwardManager | undefined;

/**
 * Starts, lists and stops port forwards. Managers are independent of each other; a program may have several.
 *
 * @example
 * await using manager = new PortForwardManager();
 * await using forward = await manager.startForward({ target: 'svc/web', ports: [':80'] });
 * console.log(await (await fetch(`http://localhost:${forward.localPort}`)).text());
 */
export class PortForwardManager implements AsyncDisposable {
  readonly #forwards = new Map<string, RunningForward>();
  readonly #events: TypedEvents<ForwardEvents>;
  readonly #dependencies: ForwardDependencies;
  #disposed: Promise<void> | undefined;

  constructor(options: PortForwardManagerOptions = {}) {
    const logger = options.logger ?? silentLogger;
    const clusters = new SharedClusters({ kubeconfig: options.kubeConfig, environment: options.environment, logger });
    this.#events = new TypedEvents({ logger });
    this.#dependencies = {
      leaseCluster: (lease) => clusters.lease(lease),
      carriers: new CarrierMemory(),
      flushQueue: new FlushQueue(),
      watchdog: { ...DEFAULT_WATCHDOG_LIMITS, ...options.watchdog },
      logger,
    };
  }

  /** The one manager that a program shares when it does not make its own; made on first use, and anew after it was disposed. */
  static getInstance(): PortForwardManager {
    if (!sharedManager || sharedManager.#disposed) sharedManager = new PortForwardManager();
    return sharedManager;
  }

  /**
   * Starts a forward and resolves when a tunnel to the pod is open and the local ports listen. A start that fails leaves nothing behind.
   *
   * @throws OptionsError, PortConflictError, the kubeconfig, credential, cluster and target errors, StartTimeoutError, or the reason of
   * the signal
   */
  async startForward(config: PortForwardConfig): Promise<PortForward> {
    this.#throwIfDisposed();
    config.signal?.throwIfAborted();
    const spec = normalizeOptions(config);
    const id = nodeCrypto.randomUUID();
    const forward: RunningForward = new RunningForward({
      id,
      spec,
      dependencies: this.#dependencies,
      observer: observeForward({ id, events: this.#events, snapshot: () => forward.snapshot() }),
    });
    this.#forwards.set(id, forward);
    this.#report({ type: 'added', forwardId: id, forwardInfo: forward.snapshot() });
    try {
      await forward.start({ signal: config.signal });
    } catch (error) {
      this.#remove(id);
      throw error;
    }
    return new PortForward({
      info: () => forward.snapshot(),
      stop: async () => {
        await forward.stop();
        this.#remove(id);
      },
    });
  }

  /**
   * Stops a forward; its ports are free when this resolves.
   *
   * @throws ForwardNotFoundError when there is no such forward, or no more
   */
  async stopForward(forwardId: string, options: AbortOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    const forward = this.#forwards.get(forwardId);
    if (!forward) throw new ForwardNotFoundError({ forwardId });
    await untilAborted(forward.stop(), options.signal);
    this.#remove(forwardId);
  }

  /**
   * Stops every forward, all at once.
   *
   * @throws AggregateError when some did not stop in order; the others are stopped all the same
   */
  async stopAllForwards(options: AbortOptions = {}): Promise<void> {
    options.signal?.throwIfAborted();
    const stops = [...this.#forwards].map(async ([id, forward]) => {
      await forward.stop();
      this.#remove(id);
    });
    const results = await untilAborted(Promise.allSettled(stops), options.signal);
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} forwards did not stop in order`);
  }

  /** Snapshots of all forwards, in the order of their start. */
  getAllForwards(): readonly PortForwardInfo[] {
    return [...this.#forwards.values()].map((forward) => forward.snapshot());
  }

  /** A snapshot of one forward, or `undefined`. */
  getForward(forwardId: string): PortForwardInfo | undefined {
    return this.#forwards.get(forwardId)?.snapshot();
  }

  /** Calls the listener whenever a forward was added, updated or removed, until the subscription is disposed or the signal aborts. */
  onForwardsChanged(listener: (event: PortForwardEvent) => void, options: AbortOptions = {}): Subscription {
    return this.#events.on('forwardsChanged', listener, options);
  }

  /** Calls the listener for each event of that name; see {@link ForwardEvents}. */
  on<Name extends keyof ForwardEvents>(
    name: Name,
    listener: (event: ForwardEvents[Name]) => void,
    options: AbortOptions = {},
  ): Subscription {
    return this.#events.on(name, listener, options);
  }

  /** Whether a forward could bind the local port now, on 127.0.0.1 and ::1. */
  async isPortAvailable(port: number, options: AbortOptions = {}): Promise<boolean> {
    return untilAborted(isPortAvailable({ port }), options.signal);
  }

  /**
   * The first free local port from `startPort` upwards, at most 100 further; after 65535 it goes on at 1024.
   *
   * @throws NoFreePortError
   */
  async findNextAvailablePort(startPort: number, options: AbortOptions = {}): Promise<number> {
    return untilAborted(findNextAvailablePort({ startPort }), options.signal);
  }

  /** A free local port to offer in place of one that is taken: the next above it, then any. */
  async suggestAlternativePort(requestedPort: number, options: AbortOptions = {}): Promise<number> {
    return untilAborted(suggestAlternativePort({ requestedPort }), options.signal);
  }

  /** Stops every forward and forgets every listener. Idempotent; the manager takes no more calls after it. */
  dispose(): Promise<void> {
    this.#disposed ??= this.stopAllForwards().finally(() => this.#events.clear());
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #remove(forwardId: string): void {
    if (this.#forwards.delete(forwardId)) this.#report({ type: 'removed', forwardId });
  }

  #report(event: PortForwardEvent): void {
    this.#events.emit('forwardsChanged', event);
  }

  #throwIfDisposed(): void {
    if (this.#disposed) throw new DisposedError({ what: 'manager' });
  }
}
