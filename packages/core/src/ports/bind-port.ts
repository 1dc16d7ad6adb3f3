import { createServer, type Server, type Socket } from 'node:net';
import { KforgeError } from '../errors/kforge-error.ts';
import { AddressNotAvailableError, PortConflictError, PortNotPermittedError } from '../errors/port-errors.ts';
import { CleanupStack } from '../lifecycle/cleanup-stack.ts';
import type { ListenAddress } from './listen-addresses.ts';

/** Where to listen. */
export interface BindPortOptions {
  /** The port, or 0 for one that the system chooses and that is free on every address. */
  readonly port: number;
  readonly addresses: readonly ListenAddress[];
  /** Called with each accepted connection. It is paused, so nothing of it is read yet. */
  readonly onConnection: (socket: Socket) => void;
}

/** A port that is bound on every address. */
export interface BoundPort extends AsyncDisposable {
  readonly port: number;
  /** The IP addresses that listen. */
  readonly addresses: readonly string[];
  /** Frees the port at once; connections that were accepted go on. Idempotent. */
  close(): Promise<void>;
}

const SOCKET_BUFFER = 1024 * 1024;
const ANY_PORT_ATTEMPTS = 20;
/** What the system says of an address family that it does not have. */
const FAMILY_MISSING: readonly (string | undefined)[] = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

/**
 * Binds one port on several addresses: all or none. Binding is the check; there is no moment between looking and taking in which another
 * program could come first.
 *
 * @throws PortConflictError, PortNotPermittedError or AddressNotAvailableError
 */
export async function bindPort(options: BindPortOptions): Promise<BoundPort> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await bindAll(options);
    } catch (error) {
      // The system chose a port that is free on the first address and taken on the next.
      if (options.port !== 0 || !(error instanceof PortConflictError) || attempt === ANY_PORT_ATTEMPTS) throw error;
    }
  }
}

async function bindAll(options: BindPortOptions): Promise<BoundPort> {
  const cleanup = new CleanupStack();
  const addresses: string[] = [];
  let { port } = options;
  let missing: unknown;
  try {
    for (const { host, optional } of options.addresses) {
      try {
        const server = await listen({ host, port, onConnection: options.onConnection });
        cleanup.defer(() => closeServer(server));
        ({ port } = server.address() as { port: number });
        addresses.push(host);
      } catch (error) {
        missing = error;
        if (!optional || !FAMILY_MISSING.includes((error as NodeJS.ErrnoException).code)) throw error;
      }
    }
    if (addresses.length === 0) throw missing;
  } catch (error) {
    await cleanup.run();
    throw bindError(error as NodeJS.ErrnoException, port, options.addresses);
  }
  const close = (): Promise<void> => cleanup.run();
  return { port, addresses, close, [Symbol.asyncDispose]: close };
}

function listen(options: {
  readonly host: string;
  readonly port: number;
  readonly onConnection: (socket: Socket) => void;
}): Promise<Server> {
  const { promise, resolve, reject } = Promise.withResolvers<Server>();
  const server = createServer(
    { allowHalfOpen: true, pauseOnConnect: true, noDelay: true, highWaterMark: SOCKET_BUFFER },
    options.onConnection,
  );
  server.once('error', reject);
  server.listen({ host: options.host, port: options.port, ipv6Only: true, backlog: 1024 }, () => {
    server.off('error', reject);
    server.on('error', () => undefined); // accepting failed for want of file descriptors; the port goes on listening
    resolve(server);
  });
  return promise;
}

/** Resolves when the port is free. Node waits for the connections too; they are their owner's business. */
function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => undefined);
  setImmediate(resolve);
  return promise;
}

function bindError(error: NodeJS.ErrnoException, port: number, addresses: readonly ListenAddress[]): unknown {
  if (KforgeError.is(error)) return error;
  if (error.code === 'EADDRINUSE') return new PortConflictError({ requestedPort: port, cause: error });
  if (error.code === 'EACCES') return new PortNotPermittedError({ requestedPort: port, cause: error });
  if (FAMILY_MISSING.includes(error.code)) {
    const address = (error as { address?: string }).address ?? addresses.map(({ host }) => host).join(', ');
    return new AddressNotAvailableError({ address, cause: error });
  }
  return error;
}
