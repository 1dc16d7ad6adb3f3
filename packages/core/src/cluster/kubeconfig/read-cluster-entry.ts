import { isRecord } from '../fields.ts';
import { FieldReader } from './field-reader.ts';
import type { ClusterEntry, KubeconfigEntry } from './kubeconfig.ts';

const PROXY_SCHEMES: readonly string[] = ['http:', 'https:', 'socks5:', 'socks5h:'];
const PLUGIN_EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * Reads one entry of `clusters`.
 *
 * @throws {KubeconfigInvalidError} naming the file and the field
 */
export function readClusterEntry(entry: KubeconfigEntry): ClusterEntry {
  const reader = new FieldReader({ entry, where: `clusters[${JSON.stringify(entry.name)}].cluster` });
  const proxyUrl = reader.text('proxy-url');
  return {
    name: entry.name,
    server: readServer(reader),
    certificateAuthority: reader.material('certificate-authority'),
    tlsServerName: reader.text('tls-server-name'),
    insecureSkipTlsVerify: reader.flag('insecure-skip-tls-verify'),
    proxyUrl: proxyUrl === undefined ? undefined : readUrl(reader, 'proxy-url', proxyUrl, PROXY_SCHEMES),
    pluginConfig: readPluginConfig(reader),
    disableCompression: reader.flag('disable-compression'),
  };
}

function readServer(reader: FieldReader): URL {
  const text = reader.requiredText('server');
  // kubectl takes a server without a scheme for plain HTTP
  const url = readUrl(reader, 'server', text.includes('://') ? text : `http://${text}`, ['https:', 'http:']);
  if (url.username !== '' || url.password !== '') throw reader.invalid('server', 'must not hold credentials');
  if (url.search !== '' || url.hash !== '') throw reader.invalid('server', 'must not have a query or fragment');
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

function readUrl(reader: FieldReader, field: string, text: string, schemes: readonly string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') throw reader.invalid(field, 'is no URL');
  if (!schemes.includes(url.protocol)) {
    throw reader.invalid(field, `must begin with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`);
  }
  return url;
}

function readPluginConfig(reader: FieldReader): unknown {
  const found = reader.list('extensions').find((each) => isRecord(each) && each.name === PLUGIN_EXTENSION);
  return isRecord(found) ? found.extension : undefined;
}
