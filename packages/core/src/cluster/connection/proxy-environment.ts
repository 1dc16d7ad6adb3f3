import { BlockList, isIP, isIPv4 } from 'node:net';
import { ProxyFailedError } from '../../errors/cluster-errors.ts';

const SCHEMES: readonly string[] = ['http:', 'https:', 'socks5:', 'socks5h:'];

/**
 * The proxy that the environment names for a server, by the rules of Go's `httpproxy` package, which kubectl follows: HTTPS_PROXY or
 * HTTP_PROXY by the server's scheme, upper case before lower case; never for localhost and loopback addresses; not for what NO_PROXY
 * lists.
 *
 * @throws {ProxyFailedError} when the variable holds no URL of a proxy; its value is not told, since it may hold a password
 */
export function proxyFromEnvironment(options: {
  readonly server: URL;
  readonly environment: NodeJS.ProcessEnv;
}): URL | undefined {
  const { server, environment } = options;
  const secure = server.protocol === 'https:';
  const named = secure ? variable(environment, 'HTTPS_PROXY') : httpProxy(environment);
  if (named === '') return undefined;
  const host = server.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const port = server.port === '' ? (secure ? 443 : 80) : Number(server.port);
  if (isLoopback(host) || isExcluded({ host, port, list: variable(environment, 'NO_PROXY') })) return undefined;
  const text = named.includes('://') ? named : `http://${named}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy && SCHEMES.includes(proxy.protocol)) return proxy;
  throw new ProxyFailedError({
    proxy: `in ${secure ? 'HTTPS_PROXY' : 'HTTP_PROXY'}`,
    reason: 'it is no URL that begins with http://, https:// or socks5://',
  });
}

function variable(environment: NodeJS.ProcessEnv, name: string): string {
  return environment[name] || environment[name.toLowerCase()] || '';
}

/** A CGI program gets HTTP_PROXY from whoever sends it a `Proxy:` header (CVE-2016-5385). */
function httpProxy(environment: NodeJS.ProcessEnv): string {
  return environment.REQUEST_METHOD ? '' : variable(environment, 'HTTP_PROXY');
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIPv4(host) && host.startsWith('127.');
}

function isExcluded(options: { readonly host: string; readonly port: number; readonly list: string }): boolean {
  const entries = options.list.split(',').map((entry) => entry.trim().toLowerCase());
  return entries.some((entry) => entry !== '' && matches(entry, options));
}

function matches(entry: string, server: { readonly host: string; readonly port: number }): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return isIP(server.host) !== 0 && isInNetwork(server.host, entry);
  const { name, port } = splitPort(entry);
  if (port !== undefined && port !== server.port) return false;
  if (isIP(name) !== 0) {
    return isIP(server.host) !== 0 && isInNetwork(server.host, `${name}/${isIPv4(name) ? 32 : 128}`);
  }
  if (isIP(server.host) !== 0 || name === '') return false;
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  return suffix.startsWith('.')
    ? server.host.endsWith(suffix)
    : server.host === suffix || server.host.endsWith(`.${suffix}`);
}

function splitPort(entry: string): { readonly name: string; readonly port: number | undefined } {
  const bracketed = /^\[(?<name>[^\]]*)\](:(?<port>\d+))?$/.exec(entry)?.groups;
  if (bracketed) return { name: bracketed.name ?? '', port: bracketed.port ? Number(bracketed.port) : undefined };
  const plain = /^(?<name>[^:]*):(?<port>\d+)$/.exec(entry)?.groups;
  if (plain) return { name: plain.name ?? '', port: Number(plain.port) };
  return { name: entry, port: undefined };
}

function isInNetwork(address: string, network: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const family = isIPv4(base) ? 'ipv4' : 'ipv6';
  if (isIP(base) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 'ipv4' ? 32 : 128)) return false;
  const networks = new BlockList();
  networks.addSubnet(base, Number(bits), family);
  return networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
