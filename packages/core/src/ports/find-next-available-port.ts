import { NoFreePortError } from '../errors/port-errors.ts';
import { isPortAvailable } from './is-port-available.ts';

/** Where a search begins. */
export interface PortSearch {
  /** The first port to try. */
  readonly startPort: number;
  /** @default ['localhost'] */
  readonly addresses?: readonly string[];
}

const ATTEMPTS = 100;
const LOWEST = 1024;
const HIGHEST = 65_535;

/**
 * The first free port from `startPort` upwards, 100 ports at most, going on at 1024 after 65535.
 *
 * @throws NoFreePortError
 */
export async function findNextAvailablePort(search: PortSearch): Promise<number> {
  let port = Math.min(Math.max(Math.trunc(search.startPort), 1), HIGHEST);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const query = search.addresses ? { port, addresses: search.addresses } : { port };
    if (await isPortAvailable(query)) return port;
    port = port === HIGHEST ? LOWEST : port + 1;
  }
  throw new NoFreePortError();
}
