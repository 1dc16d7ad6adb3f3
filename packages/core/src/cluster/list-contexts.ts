import type { AbortOptions } from '../lifecycle/abort-options.ts';
import type { KubeconfigSource } from './kubeconfig/kubeconfig-object.ts';
import { loadKubeconfig } from './kubeconfig/load-kubeconfig.ts';

/** Which kubeconfig to look into. */
export interface ListContextsOptions extends AbortOptions {
  /** @default the files of KUBECONFIG, else `~/.kube/config` */
  readonly kubeconfig?: KubeconfigSource | undefined;
  /** @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** One context of a kubeconfig, as it is written there. */
export interface ContextSummary {
  readonly name: string;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
  readonly namespace: string | undefined;
  /** Whether it is the current context. */
  readonly current: boolean;
}

/**
 * The contexts of the kubeconfig, in the order of its files. What they refer to is not looked at.
 *
 * @throws {KubeconfigNotFoundError} when there is no kubeconfig
 * @throws {KubeconfigInvalidError} when it cannot be read
 */
export async function listContexts(options: ListContextsOptions = {}): Promise<readonly ContextSummary[]> {
  const { environment = process.env, signal } = options;
  signal?.throwIfAborted();
  const kubeconfig = await loadKubeconfig({ source: options.kubeconfig, environment });
  return [...kubeconfig.contexts.values()].map(({ name, fields }) => ({
    name,
    cluster: text(fields.cluster),
    user: text(fields.user),
    namespace: text(fields.namespace),
    current: name === kubeconfig.currentContext,
  }));
}

function text(value: unknown): string | undefined {
  return (typeof value === 'string' || typeof value === 'number') && value !== '' ? String(value) : undefined;
}
