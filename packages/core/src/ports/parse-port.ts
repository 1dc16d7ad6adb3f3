import { OptionsError } from '../errors/options-error.ts';
import type { PortMapping } from '../model/forward-spec.ts';
import type { RemotePort } from '../model/target.ts';

/** The name of a port: a service's is any DNS label (RFC 1123), a container's is shorter. A letter tells it from a number. */
const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a number is a TCP port, 1 to 65535. */
export function isPortNumber(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Whether a text can be the name of a port in a pod or service. */
export function isPortName(name: string): boolean {
  return PORT_NAME.test(name);
}

/**
 * Reads one port mapping in kubectl's grammar: `8080:80`, `80` (the same port on both sides), `:80` and `0:80` (the system chooses),
 * `8080:http` and `http` (a named remote port; alone, the local port is the number that the name stands for).
 *
 * @throws OptionsError with kubectl's meaning: a port that is no port, too many parts
 */
export function parsePortMapping(text: string): PortMapping {
  const parts = text.split(':');
  if (parts.length > 2 || text === '') throw invalid(text, 'expected [LOCAL:]REMOTE');
  const remoteText = parts.at(-1) as string;
  const remotePort = parseRemotePort(remoteText, text);
  if (parts.length === 1) return { localPort: typeof remotePort === 'number' ? remotePort : 'same', remotePort };
  return { localPort: parts[0] === '' ? 0 : parseLocalPort(parts[0] as string, text), remotePort };
}

function parseRemotePort(text: string, whole: string): RemotePort {
  if (/^\d+$/.test(text)) {
    const port = Number(text);
    if (!isPortNumber(port)) throw invalid(whole, 'Remote port must be between 1 and 65535');
    return port;
  }
  if (!isPortName(text)) throw invalid(whole, `"${text}" is neither a port number nor a port name`);
  return text;
}

function parseLocalPort(text: string, whole: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw invalid(whole, 'Local port must be between 0 and 65535');
  return port;
}

function invalid(text: string, why: string): OptionsError {
  return new OptionsError({
    problems: [{ path: 'ports', message: `"${text}" is no port mapping: ${why}` }],
    hint: 'Examples: 8080:80 (local 8080 to remote 80), 80, :80 (any free local port), 8080:http.',
  });
}
