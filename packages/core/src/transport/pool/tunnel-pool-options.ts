import type { KforgeError } from '../../errors/kforge-error.ts';
import type { AbortOptions } from '../../lifecycle/abort-options.ts';
import type { Logger } from '../../log/logger.ts';
import type { Tunnel } from '../tunnel.ts';
import type { WatchdogLimits } from './tunnel-watchdog.ts';

/** How a pool dials. */
export type Dial = (options: AbortOptions & { readonly port: number }) => Promise<Tunnel>;

/** What a pool stands on. */
export interface TunnelPoolOptions {
  readonly dial: Dial;
  readonly watchdog: WatchdogLimits;
  readonly logger: Logger;
  /** The last tunnel is gone. The pool is over then. */
  readonly onLost: (error: KforgeError) => void;
}
