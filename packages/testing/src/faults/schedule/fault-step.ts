import type { TunnelDirection } from '../tunnels/tunnel.ts';

/** What every step says. */
interface StepBase {
  /** When it happens, in milliseconds after the start of the schedule. */
  readonly atMs: number;
  /** The step in a few words. */
  readonly description: string;
}

/** A fault of requests for a while; it strikes each of them. */
interface RequestStep extends StepBase {
  /** How long it stays, in milliseconds. */
  readonly forMs: number;
}

/** A fault of one tunnel, chosen by its index among those that are open then, modulo their number. Without any it does nothing. */
interface TunnelStep extends StepBase {
  readonly index: number;
}

/** One thing that goes wrong in a schedule: plain data, which survives JSON. */
export type FaultStep =
  | (RequestStep & { readonly kind: 'delay'; readonly ms: number })
  | (RequestStep & { readonly kind: 'answer'; readonly status: number })
  | (RequestStep & { readonly kind: 'reset'; readonly executed: boolean })
  | (RequestStep & { readonly kind: 'hang' })
  | (RequestStep & { readonly kind: 'cut'; readonly afterBytes: number })
  | (RequestStep & { readonly kind: 'limit'; readonly bytesPerSecond: number })
  | (RequestStep & { readonly kind: 'refuse' })
  | (StepBase & { readonly kind: 'watch-drop' })
  | (StepBase & { readonly kind: 'watch-expire' })
  | (RequestStep & { readonly kind: 'watch-stale' })
  | (RequestStep & { readonly kind: 'watch-duplicate' })
  | (TunnelStep & { readonly kind: 'tunnel-cut' })
  /** The cut is armed for a while; what has not passed the bytes by then is spared. */
  | (TunnelStep & {
      readonly kind: 'tunnel-cut-after';
      readonly bytes: number;
      readonly direction: TunnelDirection;
      readonly forMs: number;
    })
  | (TunnelStep & {
      readonly kind: 'tunnel-black-hole';
      readonly direction: TunnelDirection | 'both';
      readonly forMs: number;
    })
  | (TunnelStep & { readonly kind: 'tunnel-delay'; readonly ms: number; readonly forMs: number })
  | (TunnelStep & { readonly kind: 'tunnel-limit'; readonly bytesPerSecond: number; readonly forMs: number })
  /** A pod is deleted, chosen by its index among the pods in the order of their names, modulo their number. */
  | (StepBase & { readonly kind: 'delete-pod'; readonly index: number; readonly graceMs: number })
  | (StepBase & { readonly kind: 'restart-server'; readonly downMs: number });

/** The kinds of steps. */
export type FaultKind = FaultStep['kind'];
