import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import { untilAborted } from '../../lifecycle/deadline.ts';
import type { ContextEntry } from '../kubeconfig/kubeconfig.ts';
import type { ClientNodeKubeConfig } from '../kubeconfig/kubeconfig-object.ts';
import type { Credential, CredentialSource, GetCredentialOptions } from './credentials.ts';

/**
 * Credentials by way of client-node: for auth providers (OIDC and its like), which it knows how to refresh, and for a `KubeConfig` that
 * was handed in with ways of its own. The package costs 0.4 s and 85 MB, so it is loaded on the first use only.
 */
export class ClientNodeCredentials implements CredentialSource {
  readonly #user: string;
  readonly #load: () => Promise<ClientNodeKubeConfig>;
  #kubeConfig: Promise<ClientNodeKubeConfig> | undefined;
  #last: Credential | undefined;

  constructor(options: { readonly user: string; readonly load: () => Promise<ClientNodeKubeConfig> }) {
    this.#user = options.user;
    this.#load = options.load;
  }

  async get(options: GetCredentialOptions): Promise<Credential> {
    const { headers, clientCertificate } = await untilAborted(this.#apply(), options.signal);
    const last = this.#last;
    const isSame =
      last?.headers.Authorization === headers.Authorization &&
      last?.clientCertificate?.certificate === clientCertificate?.certificate &&
      last?.clientCertificate?.key === clientCertificate?.key;
    if (!last || !isSame) this.#last = { headers, clientCertificate };
    return this.#last as Credential;
  }

  close(): void {}

  async #apply(): Promise<Credential> {
    const applied: { headers?: Record<string, unknown>; cert?: unknown; key?: unknown; auth?: unknown } = {};
    try {
      this.#kubeConfig ??= this.#load();
      await (await this.#kubeConfig).applyToHTTPSOptions(applied as never);
    } catch {
      // the cause stays out: providers put tokens and answers of identity servers into their messages
      throw new CredentialsInvalidError({
        message: `The auth provider of the user "${this.#user}" gave no credentials`,
        user: this.#user,
        hint: 'Log in to the cluster again with the tool that wrote the kubeconfig, then retry.',
      });
    }
    return { headers: authorization(applied), clientCertificate: certificateOf(applied) };
  }
}

function authorization(applied: {
  headers?: Record<string, unknown>;
  auth?: unknown;
}): Readonly<Record<string, string>> {
  const header = applied.headers?.Authorization;
  if (typeof header === 'string') return { Authorization: header };
  if (typeof applied.auth !== 'string') return {};
  return { Authorization: `Basic ${Buffer.from(applied.auth).toString('base64')}` };
}

function certificateOf(applied: { cert?: unknown; key?: unknown }): Credential['clientCertificate'] {
  const certificate = pemOf(applied.cert);
  const key = pemOf(applied.key);
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

function pemOf(value: unknown): string | undefined {
  if (Buffer.isBuffer(value)) return value.toString('latin1');
  return typeof value === 'string' ? value : undefined;
}

/** A view of a `KubeConfig` with another current context; the original stays as it is. */
export function withContext(kubeConfig: ClientNodeKubeConfig, context: string): ClientNodeKubeConfig {
  return Object.create(kubeConfig, { currentContext: { value: context, writable: true } }) as ClientNodeKubeConfig;
}

/** Makes a `KubeConfig` of client-node for a context whose user has an auth provider. Loads the package. */
export async function loadAuthProvider(context: ContextEntry): Promise<ClientNodeKubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const kubeConfig = new KubeConfig();
  const { authProvider, name } = context.user ?? {};
  kubeConfig.loadFromClusterAndUser(
    { name: context.cluster.name, server: context.cluster.server.href, skipTLSVerify: true },
    { name: name ?? '', authProvider: structuredClone(authProvider) },
  );
  return kubeConfig;
}
