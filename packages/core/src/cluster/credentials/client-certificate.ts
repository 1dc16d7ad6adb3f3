import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import { nodeCrypto } from '../../lifecycle/node-crypto.ts';
import type { ClientCertificate } from './credentials.ts';

/**
 * Makes a client certificate of its two PEM texts. They are checked together, since files that are being replaced may be read half old and
 * half new.
 *
 * @throws {CredentialsInvalidError} when one is no PEM text, or the two do not belong together
 */
export function clientCertificate(options: ClientCertificate & { readonly user: string }): ClientCertificate {
  const { certificate, key, user } = options;
  if (!belongTogether(options)) {
    throw new CredentialsInvalidError({
      message: `The client certificate and key of the user "${user}" are no PEM texts, or do not belong together`,
      user,
      hint: 'Log in to the cluster again, or let the tool that made the cluster write the kubeconfig again.',
    });
  }
  return { certificate, key };
}

function belongTogether(pair: ClientCertificate): boolean {
  try {
    return new nodeCrypto.X509Certificate(pair.certificate).checkPrivateKey(nodeCrypto.createPrivateKey(pair.key));
  } catch {
    return false; // OpenSSL's words would not tell more, and could quote the key
  }
}
