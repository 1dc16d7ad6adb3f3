import { stringify } from 'yaml';
import type { Identity } from './certificate-authority.ts';

/** A kubeconfig with one context, as YAML. */
export function kubeconfigText(options: {
  readonly server: string;
  /** PEM block. */
  readonly authority: string;
  readonly client: Identity;
  readonly contextName: string;
  readonly namespace: string;
}): string {
  const { server, authority, client, contextName, namespace } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contextName,
    clusters: [{ name: contextName, cluster: { server, 'certificate-authority-data': base64(authority) } }],
    contexts: [{ name: contextName, context: { cluster: contextName, user: contextName, namespace } }],
    users: [
      {
        name: contextName,
        user: { 'client-certificate-data': base64(client.certificate), 'client-key-data': base64(client.key) },
      },
    ],
  });
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
