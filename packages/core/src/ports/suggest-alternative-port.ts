import { NoFreePortError } from '../errors/port-errors.ts';
import { findNextAvailablePort } from './find-next-available-port.ts';

/** What a person wanted. */
export interface PortWish {
  readonly requestedPort: number;
  /** @default ['localhost'] */
  readonly addresses?: readonly string[];
}

/** Ports below this need special rights on most systems; 8080 says more to a person than 1024 does. */
const LOWEST_SUGGESTION = 1024;

/**
 * A free port to offer when the wanted one is taken. The order is: the next free one above it (8080 → 8081; below 1024, 8000 is added
 * first: 80 → 8080, 443 → 8443), then any that the system has.
 *
 * @throws NoFreePortError
 */
export async function suggestAlternativePort(wish: PortWish): Promise<number> {
  const { requestedPort, addresses } = wish;
  const startPort = requestedPort < LOWEST_SUGGESTION ? requestedPort + 8000 : requestedPort + 1;
  try {
    return await findNextAvailablePort(addresses ? { startPort, addresses } : { startPort });
  } catch (error) {
    if (!(error instanceof NoFreePortError)) throw error;
    const { default: getPort } = await import('get-port');
    return await getPort({ exclude: [requestedPort] });
  }
}
