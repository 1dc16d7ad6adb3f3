import { connect as connectTcp, isIP, type Socket } from 'node:net';
import {
  checkServerIdentity,
  connect as connectTls,
  createSecureContext,
  type SecureContext,
  type TLSSocket,
} from 'node:tls';
import { CredentialsInvalidError } from '../../errors/credential-errors.ts';
import type { ClientCertificate } from '../credentials/credentials.ts';
import type { Endpoint } from './endpoint.ts';
import { connectThroughProxy } from './proxy-connection.ts';

/** Options of both kinds of socket that the types of Node leave out. */
const BUFFERS = { highWaterMark: 1024 * 1024 };
const KEEP_ALIVE_DELAY_MS = 30_000;

/**
 * Opens connections to one server with one client certificate, or none. TLS sessions are resumed from one connection to the next; they
 * belong to the certificate, so another one needs another dialer.
 */
export class Dialer {
  readonly clientCertificate: ClientCertificate | undefined;
  readonly #endpoint: Endpoint;
  #secureContext: SecureContext | undefined;
  #session: Buffer | undefined;

  constructor(options: { readonly endpoint: Endpoint; readonly clientCertificate: ClientCertificate | undefined }) {
    this.#endpoint = options.endpoint;
    this.clientCertificate = options.clientCertificate;
  }

  /**
   * Connects, through a proxy where there is one, and shakes hands. The socket has buffers of 1 MiB, since the defaults make fast transfers
   * stop and go.
   *
   * @throws the system's or OpenSSL's error, {@link ProxyFailedError}, or the signal's reason; no socket is left then
   */
  async dial(options: { readonly signal: AbortSignal }): Promise<Socket> {
    const { signal } = options;
    signal.throwIfAborted();
    const { proxy, secure } = this.#endpoint;
    const carrier = proxy ? await connectThroughProxy({ endpoint: this.#endpoint, proxy, signal }) : undefined;
    const socket = secure ? this.#startTls(carrier) : (carrier ?? this.#startTcp());
    const readyEvent = secure ? 'secureConnect' : 'connect';
    if (secure || !carrier) await untilReady({ socket, readyEvent, signal });
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
    return socket;
  }

  #startTcp(): Socket {
    const { host, port } = this.#endpoint;
    return connectTcp({ ...BUFFERS, host, port });
  }

  #startTls(carrier: Socket | undefined): TLSSocket {
    const { host, port, certificateName, insecureSkipTlsVerify } = this.#endpoint;
    const socket = connectTls({
      ...BUFFERS,
      ...(carrier ? { socket: carrier } : { host, port }),
      secureContext: this.#context(),
      ALPNProtocols: ['http/1.1'],
      rejectUnauthorized: !insecureSkipTlsVerify,
      // the name is bound here because SNI cannot carry an address, which a certificate may well be for
      checkServerIdentity: (_host, certificate) => checkServerIdentity(certificateName, certificate),
      ...(isIP(certificateName) === 0 ? { servername: certificateName } : {}),
      ...(this.#session ? { session: this.#session } : {}),
    });
    socket.on('session', this.#keepSession);
    return socket;
  }

  readonly #keepSession = (session: Buffer): void => {
    this.#session = session;
  };

  /** Takes the dialer's own listener off a socket that is handed to somebody else. */
  release(socket: Socket): void {
    socket.removeListener('session', this.#keepSession);
  }

  #context(): SecureContext {
    if (this.#secureContext) return this.#secureContext;
    const { certificateAuthority: ca, url } = this.#endpoint;
    const client = this.clientCertificate;
    try {
      this.#secureContext = createSecureContext({
        ...(ca === undefined ? {} : { ca }),
        ...(client ? { cert: client.certificate, key: client.key } : {}),
      });
    } catch (error) {
      throw new CredentialsInvalidError({
        message: `The client certificate and key for ${url} cannot be used: they are no PEM blocks, or do not belong together`,
        hint: 'Log in to the cluster again, or let the tool that made the cluster write the kubeconfig again.',
        cause: error,
      });
    }
    return this.#secureContext;
  }
}

async function untilReady(options: {
  readonly socket: Socket;
  readonly readyEvent: string;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { socket, readyEvent, signal } = options;
  const ready = Promise.withResolvers<void>();
  const onClose = (): void =>
    ready.reject(Object.assign(new Error('The connection was closed'), { code: 'ECONNRESET' }));
  const onAbort = (): void => ready.reject(signal.reason);
  socket.once(readyEvent, ready.resolve);
  socket.once('error', ready.reject);
  socket.once('close', onClose);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await ready.promise;
  } catch (error) {
    socket.on('error', () => undefined); // the first failure is the one that is told
    socket.destroy();
    throw error;
  } finally {
    socket.removeListener(readyEvent, ready.resolve);
    socket.removeListener('error', ready.reject);
    socket.removeListener('close', onClose);
    signal.removeEventListener('abort', onAbort);
  }
}
