import type { Authorize } from '../access/access-attempt.ts';
import type { Clock } from '../clock/clock.ts';
import { type PortForwardBehaviour, portForwardBehaviour } from '../port-forward/port-forward-behaviour.ts';
import type { ImageOptions } from '../runtime/images.ts';
import type { PortForwardSettings } from '../server/serve-upgrade.ts';

/** How port forwards behave; by default everything works: half-close, without lag. Without half-close the lag is 1000 ms by default. */
export interface PortForwardOptions extends Partial<PortForwardBehaviour> {
  /** Accept SPDY inside a WebSocket, as kubectl from 1.31 on asks for first. @default true */
  readonly tunnel?: boolean | undefined;
  /** Accept raw SPDY. @default true */
  readonly spdy?: boolean | undefined;
  /** Accept the old WebSocket channels. @default true */
  readonly legacy?: boolean | undefined;
}

/** How a simulated cluster starts. */
export interface SimulatedClusterOptions {
  /** Cancels the start, which then rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** The port on 127.0.0.1; 0 takes any free one. kubectl caches what it learns about a server by its port. @default 0 */
  readonly port?: number | undefined;
  /** The name of the context in the kubeconfig. @default 'simulated' */
  readonly contextName?: string | undefined;
  /** The namespace of the context, and of objects that are added without one. @default 'default' */
  readonly namespace?: string | undefined;
  readonly portForward?: PortForwardOptions | undefined;
  /** The images that its pods run; any other image runs, too, is ready at once, listens on nothing, and ends with 0 where a pod is meant to end. @default none */
  readonly images?: readonly ImageOptions[] | undefined;
  /**
   * Bearer tokens that are accepted without end; their users, `token-1`, `token-2` …, may do everything. Then clients without credentials are
   * refused with 401.
   *
   * @default none
   */
  readonly tokens?: readonly string[] | undefined;
  /** Whether clients without credentials may do everything; else they are refused with 401. @default true, unless `tokens` are given */
  readonly anonymous?: boolean | undefined;
  /**
   * Decides over each request for a resource; `false` is answered with 403.
   *
   * @default the roles and bindings in the cluster decide (RBAC); `system:masters`, to which the kubeconfig belongs, may do everything
   */
  readonly authorize?: Authorize | undefined;
  /** The time in the cluster; a `FakeClock` lets a test move it. @default the time of this machine */
  readonly clock?: Clock | undefined;
  /** What generated names are drawn from: clusters with the same seed make up the same ones. @default 1 */
  readonly seed?: number | undefined;
  /** How many changes a watch can go back before it is answered with 410. @default 1000 */
  readonly historyLimit?: number | undefined;
  /** Hears of what clients do wrong in a port-forward and what handlers of pods throw. @default nobody */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** Completes the options of port forwards. */
export function portForwardSettings({ portForward = {}, onError }: SimulatedClusterOptions): PortForwardSettings {
  const { tunnel = true, spdy = true, legacy = true, ...behaviour } = portForward;
  return {
    behaviour: portForwardBehaviour(behaviour),
    allow: { tunnel, spdy, legacy },
    onError: onError ?? (() => undefined),
  };
}
