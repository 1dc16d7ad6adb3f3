import { KubeconfigNotFoundError } from '../errors/kubeconfig-errors.ts';
import type { AbortOptions } from '../lifecycle/abort-options.ts';
import { type Logger, silentLogger } from '../log/logger.ts';
import type { Cluster } from './cluster.ts';
import { createEndpoint } from './connection/endpoint.ts';
import { createCredentials } from './credentials/create-credentials.ts';
import { HttpCluster } from './http-cluster.ts';
import type { ContextEntry } from './kubeconfig/kubeconfig.ts';
import type { KubeconfigSource } from './kubeconfig/kubeconfig-object.ts';
import { isClientNodeKubeConfig, loadKubeconfig } from './kubeconfig/load-kubeconfig.ts';
import { selectContext } from './kubeconfig/select-context.ts';
import { readServiceAccount } from './kubeconfig/service-account.ts';

/** Which cluster to open, and as whom. */
export interface OpenClusterOptions extends AbortOptions {
  /** @default the files of KUBECONFIG, else `~/.kube/config`, else the service account of the pod that this runs in */
  readonly kubeconfig?: KubeconfigSource | undefined;
  /** The context's name. @default the current context */
  readonly context?: string | undefined;
  /** Where KUBECONFIG, HOME, PATH, HTTPS_PROXY, NO_PROXY and so on are read. @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** @default silent */
  readonly logger?: Logger | undefined;
  /** Whether a credential plugin may use the terminal to talk to a person. @default whether stdin is a terminal */
  readonly interactive?: boolean | undefined;
}

/**
 * Opens a cluster as kubectl would see it. Nothing is sent yet: connections and credentials are made when the first call needs them.
 *
 * @throws {KubeconfigNotFoundError} when there is no kubeconfig and this is no pod
 * @throws {KubeconfigInvalidError} when the kubeconfig cannot be used
 * @throws {ContextNotFoundError} when it has no such context
 */
export async function openCluster(options: OpenClusterOptions = {}): Promise<Cluster> {
  const { environment = process.env, logger = silentLogger, interactive, signal } = options;
  signal?.throwIfAborted();
  const context = await findContext({ ...options, environment });
  const endpoint = await createEndpoint({ cluster: context.cluster, environment });
  signal?.throwIfAborted();
  const credentials = createCredentials({
    context,
    clientNode: isClientNodeKubeConfig(options.kubeconfig) ? options.kubeconfig : undefined,
    certificateAuthority: endpoint.certificateAuthority,
    environment,
    interactive,
    logger,
  });
  return new HttpCluster({ context, endpoint, credentials });
}

async function findContext(
  options: OpenClusterOptions & { readonly environment: NodeJS.ProcessEnv },
): Promise<ContextEntry> {
  const { kubeconfig: source, context, environment } = options;
  try {
    return selectContext({ kubeconfig: await loadKubeconfig({ source, environment }), context });
  } catch (error) {
    if (source !== undefined || context !== undefined || !(error instanceof KubeconfigNotFoundError)) throw error;
    const inCluster = await readServiceAccount({ environment });
    if (inCluster === undefined) throw error;
    return inCluster;
  }
}
