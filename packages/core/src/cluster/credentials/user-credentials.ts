import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import type { Logger } from '../../log/logger.ts';
import type { UserEntry } from '../kubeconfig/kubeconfig.ts';
import { isHeaderText } from '../kubeconfig/read-user-entry.ts';
import { CachedFiles } from './cached-files.ts';
import { clientCertificate } from './client-certificate.ts';
import type { ClientCertificate, Credential, CredentialSource, GetCredentialOptions } from './credentials.ts';

/**
 * The credentials that stand in the kubeconfig or in files it names: a client certificate, and a token, token file or user name and
 * password.
 */
export class UserCredentials implements CredentialSource {
  readonly #certificate: CachedFiles<ClientCertificate> | undefined;
  readonly #token: CachedFiles<string> | undefined;
  readonly #authorization: string | undefined;
  #last: Credential | undefined;

  constructor(options: {
    readonly user: UserEntry;
    readonly logger: Logger;
    readonly now?: (() => number) | undefined;
  }) {
    const { user, logger, now } = options;
    const shared = { user: user.name, logger, now };
    if (user.clientCertificate) {
      this.#certificate = new CachedFiles({
        ...shared,
        materials: [user.clientCertificate.certificate, user.clientCertificate.key],
        build: ([certificate = '', key = '']) => clientCertificate({ certificate, key, user: user.name }),
      });
    }
    if (user.tokenFile !== undefined) {
      const materials = [{ file: user.tokenFile }];
      this.#token = new CachedFiles({ ...shared, materials, build: ([text = '']) => tokenIn(text, user) });
    }
    this.#authorization = authorizationOf(user);
  }

  async get(options: GetCredentialOptions): Promise<Credential> {
    const fresh = options.rejected !== undefined && options.rejected === this.#last;
    const [certificate, token] = await Promise.all([this.#certificate?.get({ fresh }), this.#token?.get({ fresh })]);
    const authorization = token === undefined ? this.#authorization : `Bearer ${token}`;
    const last = this.#last;
    if (last && last.clientCertificate === certificate && last.headers.Authorization === authorization) return last;
    this.#last = {
      headers: authorization === undefined ? {} : { Authorization: authorization },
      clientCertificate: certificate,
    };
    return this.#last;
  }

  close(): void {}
}

function authorizationOf(user: UserEntry): string | undefined {
  if (user.token !== undefined) return `Bearer ${user.token}`;
  if (!user.basic) return undefined;
  return `Basic ${Buffer.from(`${user.basic.username}:${user.basic.password}`).toString('base64')}`;
}

function tokenIn(text: string, user: UserEntry): string {
  const token = text.trim();
  if (isHeaderText(token)) return token;
  throw new CredentialsInvalidError({
    message: `The token file ${user.tokenFile} of the user "${user.name}" ${token === '' ? 'is empty' : 'holds no token'}`,
    user: user.name,
  });
}
