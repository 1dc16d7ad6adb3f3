import type { KubeConfig } from '@kubernetes/client-node';

/** A kubeconfig as it is written in a file (`kind: Config`, `apiVersion: v1`), already parsed. It is validated before use. */
export interface KubeconfigObject {
  readonly 'current-context'?: string;
  readonly clusters?: readonly { readonly name: string; readonly cluster: Readonly<Record<string, unknown>> }[];
  readonly contexts?: readonly { readonly name: string; readonly context: Readonly<Record<string, unknown>> }[];
  readonly users?: readonly { readonly name: string; readonly user?: Readonly<Record<string, unknown>> }[];
}

/** What is used of the `KubeConfig` of `@kubernetes/client-node`; the object itself is never changed. */
export type ClientNodeKubeConfig = Pick<
  KubeConfig,
  'clusters' | 'users' | 'contexts' | 'currentContext' | 'exportConfig' | 'applyToHTTPSOptions'
>;

/** Where a kubeconfig comes from: a path, several to merge, a parsed one, or client-node's. */
export type KubeconfigSource = string | readonly string[] | KubeconfigObject | ClientNodeKubeConfig;
