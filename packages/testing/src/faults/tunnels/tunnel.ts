import type { PortForwardCarrier, PortForwardSession } from '../../port-forward/port-forward-session.ts';
import type { LaneShape } from '../lane.ts';
import { requireCount, requireDuration, requireSpeed } from '../require-number.ts';
import type { ShapedSocket } from './shaped-socket.ts';

/** A way of the bytes of a tunnel, as seen from the simulated cluster. */
export type TunnelDirection = 'to-client' | 'to-server';

/** What a {@link Tunnel} is made of. */
export interface TunnelOptions {
  readonly session: PortForwardSession;
  readonly socket: ShapedSocket;
  readonly namespace: string;
}

/**
 * A port-forward session whose connection can be spoilt while it lives. Every change holds until its handle is disposed of, or
 * {@link restore} is called; several add up. Bytes are those inside TLS: they include the framing of SPDY and WebSocket.
 */
export class Tunnel implements PortForwardSession {
  readonly carrier: PortForwardCarrier;
  readonly podName: string;
  readonly namespace: string;
  readonly closed: Promise<void>;
  readonly #session: PortForwardSession;
  readonly #socket: ShapedSocket;
  readonly #removals = new Set<() => void>();

  constructor({ session, socket, namespace }: TunnelOptions) {
    this.carrier = session.carrier;
    this.podName = session.podName;
    this.namespace = namespace;
    this.closed = session.closed;
    this.#session = session;
    this.#socket = socket;
  }

  get streams(): number {
    return this.#session.streams;
  }

  ping(): Promise<void> {
    return this.#session.ping();
  }

  destroy(): void {
    this.#session.destroy();
  }

  /** Cuts the connection at once, as a lost network does. */
  cut(): void {
    this.destroy();
  }

  /** Cuts the connection once so many further bytes have passed in one direction. @throws RangeError */
  cutAfter({ bytes, direction }: { readonly bytes: number; readonly direction: TunnelDirection }): Disposable {
    return this.#shape({ cutAfterBytes: requireCount('bytes', bytes) }, direction);
  }

  /** Nothing arrives any more, ends included, and nothing is lost: it stays unread or unsent while TCP stays up. */
  blackHole({ direction = 'both' }: { readonly direction?: TunnelDirection | 'both' } = {}): Disposable {
    return this.#shape({ blocked: true }, direction);
  }

  /** Everything arrives so many milliseconds later, in each direction. @throws RangeError */
  delay({ ms }: { readonly ms: number }): Disposable {
    return this.#shape({ delayMs: requireDuration('ms', ms) }, 'both');
  }

  /** No more than this passes, in each direction on its own. @throws RangeError */
  limit({ bytesPerSecond }: { readonly bytesPerSecond: number }): Disposable {
    return this.#shape({ bytesPerSecond: requireSpeed('bytesPerSecond', bytesPerSecond) }, 'both');
  }

  /** Takes back everything that was done to the connection; what was held moves on. */
  restore(): void {
    for (const remove of [...this.#removals]) remove();
  }

  #shape(shape: LaneShape, direction: TunnelDirection | 'both'): Disposable {
    const { toClient, toServer } = this.#socket;
    const lanes = direction === 'both' ? [toClient, toServer] : [direction === 'to-client' ? toClient : toServer];
    const remove = (): void => {
      this.#removals.delete(remove);
      for (const lane of lanes) lane.unshape(shape);
    };
    this.#removals.add(remove);
    for (const lane of lanes) lane.shape(shape);
    return { [Symbol.dispose]: remove };
  }
}
