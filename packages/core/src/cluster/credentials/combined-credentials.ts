import type { Credential, CredentialSource, GetCredentialOptions } from './credentials.ts';

/** A client certificate of the kubeconfig together with the credentials of a plugin or auth provider. Both are shown. */
export class CombinedCredentials implements CredentialSource {
  readonly #own: CredentialSource;
  readonly #provided: CredentialSource;
  #last: { readonly own: Credential; readonly provided: Credential; readonly combined: Credential } | undefined;

  constructor(options: { readonly own: CredentialSource; readonly provided: CredentialSource }) {
    this.#own = options.own;
    this.#provided = options.provided;
  }

  async get(options: GetCredentialOptions): Promise<Credential> {
    const { signal } = options;
    const rejected = options.rejected === this.#last?.combined ? this.#last : undefined;
    const [own, provided] = await Promise.all([
      this.#own.get({ signal, rejected: rejected?.own }),
      this.#provided.get({ signal, rejected: rejected?.provided }),
    ]);
    if (this.#last?.own !== own || this.#last.provided !== provided) {
      const clientCertificate = own.clientCertificate ?? provided.clientCertificate;
      this.#last = { own, provided, combined: { headers: { ...provided.headers, ...own.headers }, clientCertificate } };
    }
    return this.#last.combined;
  }

  close(): void {
    this.#own.close();
    this.#provided.close();
  }
}
