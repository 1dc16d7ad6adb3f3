import type { KubeconfigObject } from '../../src/cluster/kubeconfig/kubeconfig-object.ts';

/** Text as the `-data` fields of a kubeconfig hold it. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A kubeconfig with one context named `test`, for one server and one user. */
export function kubeconfigFor(options: {
  readonly server: string;
  /** PEM block of the server's authority. */
  readonly authority?: string;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly namespace?: string;
}): KubeconfigObject {
  const { server, authority, cluster, user, namespace } = options;
  return {
    'current-context': 'test',
    clusters: [
      {
        name: 'test-cluster',
        cluster: { server, ...(authority ? { 'certificate-authority-data': base64(authority) } : {}), ...cluster },
      },
    ],
    users: [{ name: 'test-user', user: user ?? {} }],
    contexts: [
      { name: 'test', context: { cluster: 'test-cluster', user: 'test-user', ...(namespace ? { namespace } : {}) } },
    ],
  };
}
