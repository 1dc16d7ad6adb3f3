import { KubeconfigInvalidError } from '../../errors/kubeconfig-errors.ts';
import { nodeCrypto } from '../../lifecycle/node-crypto.ts';
import type { ClusterEntry } from '../kubeconfig/kubeconfig.ts';
import { describeFileError, readLimitedFile } from '../kubeconfig/read-limited-file.ts';
import { proxyFromEnvironment } from './proxy-environment.ts';

/** Where a server is and how its identity is proved. */
export interface Endpoint {
  /** The server's URL as text, for messages. */
  readonly url: string;
  readonly secure: boolean;
  /** A name or address without brackets. */
  readonly host: string;
  readonly port: number;
  /** What the `Host` header says. */
  readonly authority: string;
  /** What every path begins with; empty or `/…` without a slash at the end. */
  readonly basePath: string;
  /** PEM text; `undefined` for the authorities that Node trusts. */
  readonly certificateAuthority: string | undefined;
  /** What the server's certificate must be for. */
  readonly certificateName: string;
  readonly insecureSkipTlsVerify: boolean;
  /** What leads to the server, from the kubeconfig or the environment. */
  readonly proxy: URL | undefined;
}

const MAX_AUTHORITY_BYTES = 4 * 1024 * 1024;

/**
 * Works out the endpoint of a kubeconfig's cluster.
 *
 * @throws {KubeconfigInvalidError} when the file of the certificate authority cannot be read
 */
export async function createEndpoint(options: {
  readonly cluster: ClusterEntry;
  readonly environment: NodeJS.ProcessEnv;
}): Promise<Endpoint> {
  const { cluster, environment } = options;
  const { server } = cluster;
  const secure = server.protocol === 'https:';
  const host = server.hostname.replace(/^\[|\]$/g, '');
  return {
    url: server.href.replace(/\/$/, ''),
    secure,
    host,
    port: server.port === '' ? (secure ? 443 : 80) : Number(server.port),
    authority: server.host,
    basePath: server.pathname.replace(/\/$/, ''),
    certificateAuthority: secure ? await readAuthority(cluster) : undefined,
    certificateName: cluster.tlsServerName ?? host,
    insecureSkipTlsVerify: cluster.insecureSkipTlsVerify,
    proxy: cluster.proxyUrl ?? proxyFromEnvironment({ server, environment }),
  };
}

/** OpenSSL passes over an authority that it cannot read, and then trusts nobody: so it is looked at here. */
async function readAuthority(cluster: ClusterEntry): Promise<string | undefined> {
  const { certificateAuthority: material } = cluster;
  if (material === undefined) return undefined;
  const what = 'data' in material ? 'The certificate-authority-data' : `The certificate authority ${material.file}`;
  const text = 'data' in material ? material.data : await readAuthorityFile({ file: material.file, what, cluster });
  try {
    new nodeCrypto.X509Certificate(text);
    return text;
  } catch (error) {
    throw new KubeconfigInvalidError({
      message: `${what} of the cluster "${cluster.name}" is no certificate in PEM form`,
      cause: error,
    });
  }
}

async function readAuthorityFile(options: {
  readonly file: string;
  readonly what: string;
  readonly cluster: ClusterEntry;
}): Promise<string> {
  try {
    const { file } = options;
    return (await readLimitedFile({ file, maxBytes: MAX_AUTHORITY_BYTES })).toString('latin1');
  } catch (error) {
    throw new KubeconfigInvalidError({
      message: `${options.what} of the cluster "${options.cluster.name}" ${describeFileError(error)}`,
      hint: 'The tool that made the cluster may have deleted it; let it write the kubeconfig again.',
      cause: error,
    });
  }
}
