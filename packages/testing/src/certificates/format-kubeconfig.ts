import type { Identity } from './certificate-authority.ts';

/** How a client shows who it is: a certificate, a token, or a program that prints one. */
export type ClientCredential =
  | { readonly identity: Identity }
  | { readonly token: string }
  | { readonly exec: { readonly command: string; readonly args: readonly string[] } };

/** A kubeconfig with one context. It is JSON, which every reader of YAML reads, and the library for YAML takes its time to load. */
export function formatKubeconfig(options: {
  readonly server: string;
  /** PEM block. */
  readonly authority: string;
  readonly credential: ClientCredential;
  readonly contextName: string;
  readonly namespace: string;
}): string {
  const { server, authority, credential, contextName: name, namespace } = options;
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
    users: [{ name, user: userFields(credential) }],
  };
  return `${JSON.stringify(kubeconfig, undefined, 2)}\n`;
}

function userFields(credential: ClientCredential): object {
  if ('token' in credential) return { token: credential.token };
  if ('identity' in credential) {
    const { certificate, key } = credential.identity;
    return { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) };
  }
  const { command, args } = credential.exec;
  const apiVersion = 'client.authentication.k8s.io/v1';
  return { exec: { apiVersion, command, args, interactiveMode: 'Never', provideClusterInfo: false } };
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
