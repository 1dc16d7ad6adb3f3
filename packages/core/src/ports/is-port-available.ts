import { KforgeError } from '../errors/kforge-error.ts';
import { OptionsError } from '../errors/options-error.ts';
import { bindPort } from './bind-port.ts';
import { listenAddresses } from './listen-addresses.ts';
import { isPortNumber } from './parse-port.ts';

/** What to look at. */
export interface PortQuery {
  /** 1 to 65535. */
  readonly port: number;
  /** @default ['localhost'], which is 127.0.0.1 and ::1 */
  readonly addresses?: readonly string[];
}

/**
 * Whether a forward could bind the port just now, on all of the addresses. The answer may be old when it arrives: to have a port, bind it.
 *
 * @throws OptionsError for a number that is no port
 */
export async function isPortAvailable(query: PortQuery): Promise<boolean> {
  if (!isPortNumber(query.port)) {
    throw new OptionsError({ problems: [{ path: 'port', message: `${query.port} is no port; ports are 1 to 65535` }] });
  }
  try {
    const bound = await bindPort({
      port: query.port,
      addresses: listenAddresses(query.addresses ?? ['localhost']),
      onConnection: (socket) => socket.destroy(),
    });
    await bound.close();
    return true;
  } catch (error) {
    if (KforgeError.is(error) && error.code !== 'OPTIONS_INVALID') return false;
    throw error;
  }
}
