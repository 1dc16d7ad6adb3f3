import { isIPv6 } from 'node:net';
import path from 'node:path';
import type { ContextEntry } from './kubeconfig.ts';
import { readLimitedFile } from './read-limited-file.ts';

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The context of the pod that this process runs in: the API server that its environment names, with the mounted service account.
 * `undefined` when this is no pod. The token is a file because the kubelet replaces it before it expires.
 */
export async function readServiceAccount(options: {
  readonly environment: NodeJS.ProcessEnv;
  /** @default the folder where Kubernetes mounts it */
  readonly folder?: string;
}): Promise<ContextEntry | undefined> {
  const { environment, folder = FOLDER } = options;
  const host = environment.KUBERNETES_SERVICE_HOST;
  const port = environment.KUBERNETES_SERVICE_PORT;
  if (!host || !port) return undefined;
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const tokenFile = path.join(folder, 'token');
  if (!URL.canParse(server) || (await readOptional(tokenFile)) === undefined) return undefined;
  return {
    name: 'in-cluster',
    namespace: (await readOptional(path.join(folder, 'namespace')))?.trim() || 'default',
    cluster: {
      name: 'in-cluster',
      server: new URL(server),
      certificateAuthority: { file: path.join(folder, 'ca.crt') },
      tlsServerName: undefined,
      insecureSkipTlsVerify: false,
      proxyUrl: undefined,
      pluginConfig: undefined,
      disableCompression: false,
    },
    user: {
      name: 'service-account',
      tokenFile,
      token: undefined,
      basic: undefined,
      clientCertificate: undefined,
      plugin: undefined,
      authProvider: undefined,
      impersonation: undefined,
    },
  };
}

async function readOptional(file: string): Promise<string | undefined> {
  try {
    return (await readLimitedFile({ file, maxBytes: 64 * 1024 })).toString('utf8');
  } catch {
    return undefined; // a pod without a mounted service account has no credentials of its own
  }
}
