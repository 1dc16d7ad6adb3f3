import { asTunnelError } from '../../errors/as-tunnel-error.ts';
import type { KforgeError } from '../../errors/kforge-error.ts';
import { TunnelClosedError } from '../../errors/transport-errors.ts';
import type { AbortOptions } from '../../lifecycle/abort-options.ts';
import { untilAborted } from '../../lifecycle/deadline.ts';
import type { Carrier } from '../../model/forward-info.ts';
import type { Tunnel } from '../tunnel.ts';
import { chooseTunnel, hasSpare, RETIRE_CHECK_MS, surplusTunnels } from './choose-tunnel.ts';
import type { TunnelPoolOptions } from './tunnel-pool-options.ts';
import { watchTunnel } from './tunnel-watchdog.ts';

/** A connection that lives longer than this has its tunnel to itself where possible: a spare is opened for the next, in milliseconds. */
const SPARE_AFTER_MS = 20;
/** More connections than this in that time are a burst, which shares what there is. */
const BURST = 4;
/** Tunnels that are opened for isolation; when all are busy, connections share. */
const MAX_TUNNELS = 8;
/** Tunnels in all, stuck ones included. */
const MAX_STUCK_TUNNELS = 32;

/**
 * The tunnels to one pod. SPDY has no flow control here, so a stuck stream stops all others of its tunnel: connections that live are
 * spread over a few tunnels and one stands ready, a burst of short ones shares, and a stuck tunnel gets no new ones. An idle pool holds
 * one tunnel.
 */
export class TunnelPool {
  readonly #options: TunnelPoolOptions;
  readonly #controller = new AbortController();
  /** Each tunnel and when it was last given to a connection. */
  readonly #tunnels = new Map<Tunnel, number>();
  #dialling: Promise<Tunnel> | undefined;
  #spareTimer: NodeJS.Timeout | undefined;
  #retireTimer: NodeJS.Timeout | undefined;
  #recentlyAcquired = 0;
  #carrier: Carrier | undefined;
  #oneStreamEach = false;

  constructor(options: TunnelPoolOptions) {
    this.#options = options;
  }

  /** Aborts when the pool is closed or has lost its last tunnel. */
  get ended(): AbortSignal {
    return this.#controller.signal;
  }

  /** What carries the tunnels, once one was dialled. */
  get carrier(): Carrier | undefined {
    return this.#carrier;
  }

  /** Dials the first tunnel. `port` is where the first connection will go. */
  async start(options: AbortOptions & { readonly port: number }): Promise<void> {
    const tunnel = await this.#dial(options);
    this.#carrier = tunnel.carrier;
    this.#oneStreamEach = !tunnel.capabilities.manyStreams;
    // A legacy WebSocket is connected to the application: it proves that the way is open and must not stay.
    if (this.#oneStreamEach) await tunnel.close();
  }

  /** A tunnel for one new connection where one is open and fit for it; otherwise {@link acquire} dials. */
  tryAcquire(port: number): Tunnel | undefined {
    if (this.#oneStreamEach) return undefined;
    const now = performance.now();
    const isFull = this.#tunnels.size >= MAX_STUCK_TUNNELS;
    const tunnel = chooseTunnel(this.#tunnels.keys(), now) ?? (isFull ? this.#oldest : undefined);
    if (!tunnel) return undefined;
    this.#tunnels.set(tunnel, now);
    this.#planSpare(port);
    return tunnel;
  }

  /** A tunnel for one new connection, dialled if need be. */
  async acquire(options: AbortOptions & { readonly port: number }): Promise<Tunnel> {
    if (this.#oneStreamEach) return this.#dialForOne(options);
    const ready = this.tryAcquire(options.port);
    if (ready) return ready;
    try {
      const tunnel = await untilAborted(this.#dialShared(options.port), options.signal);
      this.#planSpare(options.port);
      return tunnel;
    } catch (error) {
      if (!this.#oldest || options.signal?.aborted) throw error;
      return this.#oldest; // stuck, but better than none: what holds it up may pass
    }
  }

  /** Closes every tunnel, and with them what goes through. Idempotent. */
  async close(reason: KforgeError): Promise<void> {
    this.#controller.abort(reason);
    clearTimeout(this.#spareTimer);
    clearInterval(this.#retireTimer);
    await Promise.all([...this.#tunnels.keys()].map((tunnel) => tunnel.close()));
  }

  get #oldest(): Tunnel | undefined {
    return this.#tunnels.keys().next().value;
  }

  async #dial(options: AbortOptions & { readonly port: number }): Promise<Tunnel> {
    const poolSignal = this.#controller.signal;
    const signal = options.signal ? AbortSignal.any([options.signal, poolSignal]) : poolSignal;
    const tunnel = await this.#options.dial({ port: options.port, signal });
    if (poolSignal.aborted || (this.#carrier && tunnel.carrier !== this.#carrier)) {
      tunnel.destroy(); // a pool that is closed takes none, one that is open none of another kind
      throw poolSignal.reason ?? new TunnelClosedError({ message: 'The cluster changed the way it takes tunnels' });
    }
    if (tunnel.ended.aborted) throw tunnel.ended.reason;
    this.#tunnels.set(tunnel, performance.now());
    tunnel.ended.addEventListener('abort', () => this.#onEnded(tunnel), { once: true });
    if (tunnel.capabilities.ping) {
      watchTunnel({
        tunnel,
        limits: this.#options.watchdog,
        isPathAlive: () => this.#isPathAlive({ without: tunnel, port: options.port }),
      });
    }
    if (this.#tunnels.size > 1) this.#retireTimer ??= setInterval(() => this.#retireIdle(), RETIRE_CHECK_MS);
    return tunnel;
  }

  /** Without a tunnel that stays, a dial that fails is how a lost pod shows. */
  async #dialForOne(options: AbortOptions & { readonly port: number }): Promise<Tunnel> {
    try {
      return await this.#dial(options);
    } catch (error) {
      if (!options.signal?.aborted) this.#lose(asTunnelError(error));
      throw error;
    }
  }

  #dialShared(port: number): Promise<Tunnel> {
    this.#dialling ??= this.#dial({ port }).finally(() => {
      this.#dialling = undefined;
    });
    return this.#dialling;
  }

  #planSpare(port: number): void {
    this.#recentlyAcquired += 1;
    this.#spareTimer ??= setTimeout(() => this.#openSpare(port), SPARE_AFTER_MS);
  }

  #openSpare(port: number): void {
    this.#spareTimer = undefined;
    const isBurst = this.#recentlyAcquired > BURST;
    this.#recentlyAcquired = 0;
    const now = performance.now();
    const isFull = this.#tunnels.size >= MAX_TUNNELS && chooseTunnel(this.#tunnels.keys(), now) !== undefined;
    if (isFull || hasSpare(this.#tunnels.keys(), now)) return;
    if (isBurst) {
      this.#spareTimer = setTimeout(() => this.#openSpare(port), SPARE_AFTER_MS);
      return;
    }
    this.#dialShared(port).catch((error: unknown) => {
      this.#options.logger.debug('No spare tunnel could be opened', { error: String(error) });
    });
  }

  #retireIdle(): void {
    for (const tunnel of surplusTunnels(this.#tunnels, performance.now())) {
      this.#tunnels.delete(tunnel);
      void tunnel.close();
    }
    if (this.#tunnels.size > 1) return;
    clearInterval(this.#retireTimer);
    this.#retireTimer = undefined;
  }

  async #isPathAlive(options: { readonly without: Tunnel; readonly port: number }): Promise<boolean> {
    const limit = AbortSignal.timeout(this.#options.watchdog.answerWithinMs);
    const others = [...this.#tunnels.keys()].filter((tunnel) => tunnel !== options.without);
    try {
      const judge =
        chooseTunnel(others, performance.now()) ?? (await untilAborted(this.#dialShared(options.port), limit));
      await untilAborted(judge.ping(), limit);
      return true;
    } catch (error) {
      this.#options.logger.debug('A second tunnel did not answer either', { error: String(error) });
      return false;
    }
  }

  #onEnded(tunnel: Tunnel): void {
    const wasMine = this.#tunnels.delete(tunnel);
    if (!wasMine || this.#oneStreamEach || this.#tunnels.size > 0) return;
    this.#lose(tunnel.ended.reason as KforgeError);
  }

  #lose(reason: KforgeError): void {
    if (this.#controller.signal.aborted) return;
    void this.close(reason);
    this.#options.onLost(reason);
  }
}
