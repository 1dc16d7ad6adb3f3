import type { PortForwardCarrier } from '../../port-forward/port-forward-session.ts';
import type { ArmFault } from '../arm-fault.ts';
import type { ArmedFault } from '../armed-fault.ts';
import type { Fault, FaultTurns } from '../fault.ts';
import { requireCount, requireDuration, requireSpeed } from '../require-number.ts';
import type { Tunnel, TunnelDirection } from './tunnel.ts';

/** Which tunnels a fault is about: those for which everything that is given holds. Without anything: every tunnel. */
export interface TunnelMatch {
  readonly podName?: string | undefined;
  readonly namespace?: string | undefined;
  readonly carrier?: PortForwardCarrier | undefined;
}

/** For which of the tunnels to come a fault is meant. */
export interface TunnelFaultOptions extends FaultTurns {
  /** @default every tunnel */
  readonly tunnels?: TunnelMatch | undefined;
}

interface ArmedTunnelFault {
  readonly armed: ArmedFault;
  readonly match: TunnelMatch;
  readonly spoil: (tunnel: Tunnel) => Disposable;
}

/** What goes wrong with port-forward sessions that begin from now on. What is done to a tunnel lasts until the fault is removed. */
export class TunnelFaults {
  readonly #arm: ArmFault;
  readonly #faults = new Set<ArmedTunnelFault>();

  constructor({ arm }: { readonly arm: ArmFault }) {
    this.#arm = arm;
  }

  /** @see {@link Tunnel.cut}: the client gets its session, and loses it at once. */
  cut(options: TunnelFaultOptions = {}): Fault {
    return this.#add('a tunnel is cut', options, (tunnel) => {
      tunnel.cut();
      return { [Symbol.dispose]: () => undefined };
    });
  }

  /** @see {@link Tunnel.cutAfter} @throws RangeError */
  cutAfter(options: TunnelFaultOptions & { readonly bytes: number; readonly direction: TunnelDirection }): Fault {
    const { bytes, direction } = options;
    requireCount('bytes', bytes);
    const description = `a tunnel is cut after ${bytes} bytes ${direction}`;
    return this.#add(description, options, (tunnel) => tunnel.cutAfter({ bytes, direction }));
  }

  /** @see {@link Tunnel.blackHole} */
  blackHole(options: TunnelFaultOptions & { readonly direction?: TunnelDirection | 'both' | undefined } = {}): Fault {
    const { direction = 'both' } = options;
    return this.#add(`a tunnel is a black hole (${direction})`, options, (tunnel) => tunnel.blackHole({ direction }));
  }

  /** @see {@link Tunnel.delay} @throws RangeError */
  delay(options: TunnelFaultOptions & { readonly ms: number }): Fault {
    const ms = requireDuration('ms', options.ms);
    return this.#add(`a tunnel is ${ms} ms late`, options, (tunnel) => tunnel.delay({ ms }));
  }

  /** @see {@link Tunnel.limit} @throws RangeError */
  limit(options: TunnelFaultOptions & { readonly bytesPerSecond: number }): Fault {
    const bytesPerSecond = requireSpeed('bytesPerSecond', options.bytesPerSecond);
    return this.#add(`a tunnel carries ${bytesPerSecond} bytes/s`, options, (tunnel) =>
      tunnel.limit({ bytesPerSecond }),
    );
  }

  /** For the server: a session has begun. */
  onOpen(tunnel: Tunnel): void {
    for (const { armed, match, spoil } of [...this.#faults]) {
      if (!matchesTunnel(match, tunnel) || !armed.strikes()) continue;
      const spoilt = spoil(tunnel);
      const restore = (): void => spoilt[Symbol.dispose]();
      armed.signal.addEventListener('abort', restore, { once: true });
      void tunnel.closed.then(() => armed.signal.removeEventListener('abort', restore));
    }
  }

  #add(description: string, options: TunnelFaultOptions, spoil: (tunnel: Tunnel) => Disposable): Fault {
    const armed = this.#arm(description, options);
    const fault = { armed, match: { ...options.tunnels }, spoil };
    this.#faults.add(fault);
    armed.signal.addEventListener('abort', () => this.#faults.delete(fault), { once: true });
    return armed;
  }
}

function matchesTunnel({ podName, namespace, carrier }: TunnelMatch, tunnel: Tunnel): boolean {
  return (
    (podName === undefined || podName === tunnel.podName) &&
    (namespace === undefined || namespace === tunnel.namespace) &&
    (carrier === undefined || carrier === tunnel.carrier)
  );
}
