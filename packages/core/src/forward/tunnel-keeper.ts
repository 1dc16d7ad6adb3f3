import { asTunnelError } from '../errors/as-tunnel-error.ts';
import { ConnectionTimeoutError } from '../errors/forward-errors.ts';
import type { KforgeError } from '../errors/kforge-error.ts';
import { PodNotRunningError, TargetGoneError, TargetNotFoundError } from '../errors/target-errors.ts';
import { TunnelClosedError } from '../errors/transport-errors.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import { Backoff } from '../lifecycle/backoff.ts';
import { delay } from '../lifecycle/deadline.ts';
import { withTimeLimit } from '../lifecycle/time-limit.ts';
import type { Logger } from '../log/logger.ts';
import type { Carrier } from '../model/forward-info.ts';
import type { ForwardSpec } from '../model/forward-spec.ts';
import type { ResolvedTarget } from '../model/target.ts';
import { TunnelPool } from '../transport/pool/tunnel-pool.ts';
import type { WatchdogLimits } from '../transport/pool/tunnel-watchdog.ts';
import type { Tunnel } from '../transport/tunnel.ts';
import type { AcquiredTunnel } from './connections.ts';
import { guessPod, type PodGuess } from './guess-pod.ts';

/** What a keeper stands on. */
export interface TunnelKeeperOptions {
  readonly spec: ForwardSpec;
  /** Ends with the forward; its abort ends every attempt. */
  readonly signal: AbortSignal;
  readonly watchdog: WatchdogLimits;
  readonly logger: Logger;
  /** Finds the pod that connections go to now. */
  readonly resolve: (options: AbortOptions) => Promise<ResolvedTarget>;
  readonly dial: (options: AbortOptions & { readonly podName: string; readonly port: number }) => Promise<Tunnel>;
  readonly onConnected: () => void;
  readonly onDisconnected: (error: KforgeError, retryInMs: number) => void;
  /** It cannot go on: the target is gone for good. */
  readonly onGivenUp: (error: KforgeError) => void;
}

/** The limit of one attempt to reconnect, and of a connection that waits for it, in milliseconds. */
const ATTEMPT_LIMIT_MS = 10_000;
/** A path that lasted so long was good: the next failure waits as little as the first, in milliseconds. */
const STEADY_MS = 5000;

/** Keeps tunnels open to the pod of a target, finds the pod anew when they are lost, and hands them to connections. */
export class TunnelKeeper {
  readonly #options: TunnelKeeperOptions;
  readonly #backoff = new Backoff();
  #pool: TunnelPool | undefined;
  #target: ResolvedTarget | undefined;
  #connectedAt = 0;
  /** Pending while there is no pool. */
  #ready: PromiseWithResolvers<TunnelPool> = Promise.withResolvers();

  constructor(options: TunnelKeeperOptions) {
    this.#options = options;
    this.#ready.promise.catch(() => undefined); // a forward that is given up while nobody waits
  }

  get target(): ResolvedTarget | undefined {
    return this.#target;
  }

  get carrier(): Carrier | undefined {
    return this.#pool?.carrier;
  }

  /**
   * Finds the pod and opens the first tunnel to it. Where the pod can be guessed both happen at once, which saves the round trips of one of
   * them; what the search for the pod says counts more than what the dial says.
   */
  async open(options: AbortOptions): Promise<void> {
    const guess = guessPod(this.#options.spec);
    const early = guess ? this.#startPool({ ...guess, ...options }).catch(() => undefined) : undefined;
    let pool: TunnelPool | undefined;
    try {
      const target = await this.#options.resolve(options);
      pool = await early;
      pool ??= await this.#startPool({ podName: target.pod.name, port: firstPort(target), ...options });
      this.#options.signal.throwIfAborted();
      pool.ended.throwIfAborted(); // the first tunnel may be lost before anybody listens
      this.#target = target;
    } catch (error) {
      pool ??= await early;
      await pool?.close(new TunnelClosedError({ message: 'The start failed', cause: error }));
      throw error;
    }
    this.#pool = pool;
    this.#connectedAt = performance.now();
    this.#ready.resolve(pool);
    this.#options.onConnected();
  }

  /** A tunnel for one connection where one is open and fit for it: the fast way. */
  tryAcquire(portIndex: number): AcquiredTunnel | undefined {
    const podPort = this.#target?.ports[portIndex]?.podPort;
    const tunnel = podPort === undefined ? undefined : this.#pool?.tryAcquire(podPort);
    return tunnel && podPort !== undefined ? { tunnel, podPort } : undefined;
  }

  /** A tunnel for one connection; waits while there is none, within a limit. */
  async acquire(portIndex: number): Promise<AcquiredTunnel> {
    const timeout = {
      timeoutMs: ATTEMPT_LIMIT_MS,
      onTimeout: () => new ConnectionTimeoutError({ timeoutMs: ATTEMPT_LIMIT_MS }),
    };
    return withTimeLimit({ ...timeout, signal: this.#options.signal }, async (signal) => {
      for (;;) {
        const pool = this.#pool ?? (await this.#ready.promise);
        const podPort = (this.#target as ResolvedTarget).ports[portIndex]?.podPort as number;
        try {
          return { tunnel: await pool.acquire({ port: podPort, signal }), podPort };
        } catch (error) {
          if (!pool.ended.aborted || signal.aborted) throw error; // a pool that was lost meanwhile is replaced
        }
      }
    });
  }

  /** The runtime says that the pod behind the tunnels is no more. */
  async onPodGone(error: KforgeError): Promise<void> {
    const pool = this.#pool;
    if (!pool) return;
    this.#onLost(pool, error);
    await pool.close(error);
  }

  async close(reason: KforgeError): Promise<void> {
    this.#ready.reject(reason);
    await this.#pool?.close(reason);
    this.#pool = undefined;
  }

  async #startPool({ podName, ...options }: PodGuess & AbortOptions): Promise<TunnelPool> {
    const pool: TunnelPool = new TunnelPool({
      dial: (dialOptions) => this.#options.dial({ ...dialOptions, podName }),
      watchdog: this.#options.watchdog,
      logger: this.#options.logger,
      onLost: (error) => this.#onLost(pool, error),
    });
    try {
      await pool.start(options);
    } catch (error) {
      await pool.close(asTunnelError(error));
      throw error;
    }
    return pool;
  }

  #onLost(pool: TunnelPool, error: KforgeError): void {
    if (this.#pool !== pool || this.#options.signal.aborted) return;
    this.#pool = undefined;
    this.#ready = Promise.withResolvers();
    this.#ready.promise.catch(() => undefined);
    if (performance.now() - this.#connectedAt > STEADY_MS) this.#backoff.reset();
    void this.#reconnect(error);
  }

  async #reconnect(reason: KforgeError): Promise<void> {
    const { signal, onDisconnected, onGivenUp, logger } = this.#options;
    for (let error = reason; ; ) {
      const retryInMs = this.#backoff.next();
      onDisconnected(error, retryInMs);
      try {
        await delay({ ms: retryInMs, signal });
        await withTimeLimit({ timeoutMs: ATTEMPT_LIMIT_MS, onTimeout: attemptTimeout, signal }, (limited) =>
          this.open({ signal: limited }),
        );
        return;
      } catch (failure) {
        if (signal.aborted) return;
        logger.debug('An attempt to reconnect failed', { error: String(failure) });
        error = asTunnelError(failure);
        if (!isGoneForGood(this.#options.spec, error)) continue;
        const gone = new TargetGoneError({
          message: `${error.message}: the forward ends`,
          hint: error.hint,
          cause: error,
        });
        this.#ready.reject(gone);
        onGivenUp(gone);
        return;
      }
    }
  }
}

function firstPort(target: ResolvedTarget): number {
  return target.ports[0]?.podPort as number;
}

function attemptTimeout(): Error {
  return new ConnectionTimeoutError({ timeoutMs: ATTEMPT_LIMIT_MS });
}

/** A pod by name that was deleted or has run to its end does not come back; everything else may. */
function isGoneForGood(spec: ForwardSpec, error: KforgeError): boolean {
  if (spec.target.kind !== 'pod') return false;
  if (error instanceof TargetNotFoundError) return true;
  return error instanceof PodNotRunningError && (error.phase === 'Succeeded' || error.phase === 'Failed');
}
