import type { Logger } from '../../log/logger.ts';
import type { ContextEntry, UserEntry } from '../kubeconfig/kubeconfig.ts';
import type { ClientNodeKubeConfig } from '../kubeconfig/kubeconfig-object.ts';
import { ClientNodeCredentials, loadAuthProvider, withContext } from './client-node-credentials.ts';
import { CombinedCredentials } from './combined-credentials.ts';
import type { CredentialSource } from './credentials.ts';
import { PluginCredentials } from './plugin-credentials.ts';
import { UserCredentials } from './user-credentials.ts';

/** Whose credentials are wanted, and what surrounds them. */
export interface CreateCredentialsOptions {
  readonly context: ContextEntry;
  /** The `KubeConfig` that the context is from, where it is one of client-node. */
  readonly clientNode: ClientNodeKubeConfig | undefined;
  /** PEM text of the cluster's authority, for plugins that ask for it. */
  readonly certificateAuthority: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly interactive: boolean | undefined;
  readonly logger: Logger;
}

/**
 * Chooses the source of a user's credentials by kubectl's order: a token or password of the kubeconfig, else a plugin, else an auth
 * provider; a client certificate goes with each of them. Plain HTTP servers get no credentials at all, as with kubectl.
 */
export function createCredentials(options: CreateCredentialsOptions): CredentialSource {
  const { context, clientNode, logger } = options;
  const user = knownUser(context.user);
  if (user === undefined || context.cluster.server.protocol === 'http:') return anonymous;
  const own = new UserCredentials({ user, logger });
  if (user.token !== undefined || user.tokenFile !== undefined || user.basic) return own;
  const provided = provider({ ...options, user });
  if (provided === undefined) return own;
  // client-node shows the certificate by itself
  return user.clientCertificate && !(clientNode && !user.plugin)
    ? new CombinedCredentials({ own, provided })
    : provided;
}

function provider(options: CreateCredentialsOptions & { readonly user: UserEntry }): CredentialSource | undefined {
  const { context, clientNode, user } = options;
  if (user.plugin) {
    return new PluginCredentials({ ...options, user: user.name, plugin: user.plugin, cluster: context.cluster });
  }
  if (clientNode) {
    const load = async (): Promise<ClientNodeKubeConfig> => withContext(clientNode, context.name);
    return new ClientNodeCredentials({ user: user.name, load });
  }
  if (!user.authProvider) return undefined;
  return new ClientNodeCredentials({ user: user.name, load: () => loadAuthProvider(context) });
}

const anonymous: CredentialSource = {
  get: async () => noCredential,
  close: () => undefined,
};

const noCredential = { headers: {}, clientCertificate: undefined } as const;

/** Inside a pod client-node writes the service account's token file as an auth provider of its own. */
function knownUser(user: UserEntry | undefined): UserEntry | undefined {
  if (user?.authProvider?.name !== 'tokenFile') return user;
  const { tokenFile } = user.authProvider.config;
  return typeof tokenFile === 'string' ? { ...user, tokenFile, authProvider: undefined } : user;
}
