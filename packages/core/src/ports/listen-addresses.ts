import { isIP, SocketAddress } from 'node:net';
import { OptionsError } from '../errors/options-error.ts';

/** One address to listen on. */
export interface ListenAddress {
  readonly host: string;
  /** A family that this machine lacks is skipped, as for the two addresses of `localhost`. */
  readonly optional: boolean;
}

/**
 * Turns addresses as a person writes them into IP addresses: `localhost` stands for 127.0.0.1 and ::1, everything else must be an IP
 * address. Duplicates are dropped, order is kept.
 *
 * @throws OptionsError for a host name
 */
export function listenAddresses(addresses: readonly string[]): readonly ListenAddress[] {
  const result = new Map<string, ListenAddress>();
  for (const [index, address] of addresses.entries()) {
    if (address === 'localhost') {
      if (!result.has('127.0.0.1')) result.set('127.0.0.1', { host: '127.0.0.1', optional: true });
      if (!result.has('::1')) result.set('::1', { host: '::1', optional: true });
    } else if (isIP(address) !== 0) {
      const host = canonical(address);
      result.set(host, { host, optional: false });
    } else {
      throw new OptionsError({
        problems: [{ path: `address[${index}]`, message: `"${address}" is not an IP address` }],
        hint: 'Use localhost, 127.0.0.1, ::1, 0.0.0.0 or another IP address of this machine.',
      });
    }
  }
  return [...result.values()];
}

/** One spelling for each address, so that `::1` and `0:0:0:0:0:0:0:1` are not bound twice. */
function canonical(address: string): string {
  if (address.includes('%')) return address; // the zone of a link-local address, which SocketAddress drops
  return new SocketAddress({ address, family: isIP(address) === 6 ? 'ipv6' : 'ipv4' }).address;
}
