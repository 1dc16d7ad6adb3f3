import type { KubeconfigSource } from '../cluster/kubeconfig/kubeconfig-object.ts';
import type { Logger } from '../log/logger.ts';
import type { WatchdogLimits } from '../transport/pool/tunnel-watchdog.ts';

/** How a manager finds clusters and what it reports to. */
export interface PortForwardManagerOptions {
  /**
   * One kubeconfig file, several, a parsed kubeconfig, or a `KubeConfig` of `@kubernetes/client-node`.
   *
   * @default KUBECONFIG, then ~/.kube/config, then the service account of the pod that this runs in
   */
  readonly kubeConfig?: KubeconfigSource;
  /** Variables for the kubeconfig, proxies and credential plugins. @default process.env */
  readonly environment?: NodeJS.ProcessEnv;
  /** @default a logger that says nothing */
  readonly logger?: Logger;
  /** When silent tunnels are asked and given up. The defaults notice a dead path within ten seconds. */
  readonly watchdog?: Partial<WatchdogLimits>;
}
