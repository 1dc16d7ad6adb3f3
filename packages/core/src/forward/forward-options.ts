import type { AbortOptions } from '../lifecycle/abort-options.ts';
import type { PortMapping } from '../model/forward-spec.ts';
import type { RemotePort, Target } from '../model/target.ts';

/**
 * What to forward. Name what it leads to with `podName` or `target`, and its ports with `remotePort` (and `localPort`) or `ports`.
 *
 * @example { target: 'svc/web', ports: ['8080:80'] }
 * @example { podName: 'web-0', namespace: 'default', context: 'kind', localPort: 8080, remotePort: 80 }
 */
export interface PortForwardConfig extends AbortOptions {
  /** A pod by its name. */
  readonly podName?: string;
  /** `pod/NAME`, `svc/NAME`, `deploy/NAME`, `sts/`, `ds/`, `rs/`, `job/`, a bare pod name, or a {@link Target} (label selectors too). */
  readonly target?: string | Target;
  /** @default the context's namespace, or `default` */
  readonly namespace?: string;
  /** @default the kubeconfig's current context */
  readonly context?: string;
  /** 0 to 65535; 0 or `'auto'` lets the system choose. @default the number of `remotePort` */
  readonly localPort?: number | 'auto';
  /** 1 to 65535, or a port's name. A service's port is mapped to its target port. */
  readonly remotePort?: RemotePort;
  /** Several ports at once, in place of `localPort` and `remotePort`: mappings, or texts in kubectl's grammar such as `8080:80`. */
  readonly ports?: readonly (string | PortMapping)[];
  /** Only a check: this container must exist and declare the ports. Ports belong to the pod, not to a container. */
  readonly containerName?: string;
  /** IP addresses to listen on; `localhost` is 127.0.0.1 and ::1. @default 'localhost' */
  readonly address?: string | readonly string[];
  /** The limit of the whole start, in milliseconds. @default 10000 */
  readonly startTimeoutMs?: number;
  /** How long a start may wait for a pod that can be used, in milliseconds; it ends with the start limit. @default 10000 */
  readonly podRunningTimeoutMs?: number;
  /**
   * When a local program ends its sending, how long the pod must be silent before it is told, in milliseconds. Runtimes cut the answer one
   * second after they are told. 0 tells at once. @default 500
   */
  readonly finHoldMs?: number;
}
