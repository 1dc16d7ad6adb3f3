import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import type { ClusterEntry, PluginEntry } from '../kubeconfig/kubeconfig.ts';

/**
 * The value of KUBERNETES_EXEC_INFO: what a credential plugin is told, in the version of the API that its entry asks for.
 *
 * @param options.certificateAuthority - PEM text of the cluster's authority, for a plugin that asks for the cluster
 */
export function execInfo(options: {
  readonly plugin: PluginEntry;
  readonly cluster: ClusterEntry;
  readonly certificateAuthority: string | undefined;
  readonly interactive: boolean;
}): string {
  const { plugin, interactive } = options;
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion,
    spec: { interactive, ...(plugin.provideClusterInfo ? { cluster: clusterInfo(options) } : {}) },
  });
}

function clusterInfo(options: {
  readonly cluster: ClusterEntry;
  readonly certificateAuthority: string | undefined;
}): Readonly<Record<string, unknown>> {
  const { cluster, certificateAuthority } = options;
  return {
    server: cluster.server.href.replace(/\/$/, ''),
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.insecureSkipTlsVerify || undefined,
    'certificate-authority-data':
      certificateAuthority && Buffer.from(certificateAuthority, 'latin1').toString('base64'),
    'proxy-url': cluster.proxyUrl?.href.replace(/\/$/, ''),
    'disable-compression': cluster.disableCompression || undefined,
    config: cluster.pluginConfig,
  };
}

/**
 * Whether this run of a plugin may talk to a person.
 *
 * @throws {CredentialsInvalidError} when the plugin insists on a terminal and there is none
 */
export function mayInteract(options: {
  readonly plugin: PluginEntry;
  readonly user: string;
  readonly terminal: boolean;
}): boolean {
  const { plugin, user, terminal } = options;
  if (plugin.interactiveMode === 'Always' && !terminal) {
    throw new CredentialsInvalidError({
      message: `The credential plugin "${plugin.command}" needs a terminal to ask for credentials, and there is none`,
      user,
      hint: 'Log in to the cluster on a terminal first (any kubectl command does it), then retry.',
    });
  }
  return plugin.interactiveMode !== 'Never' && terminal;
}
