import type { Socket } from 'node:net';
import { PortConflictError } from '../errors/port-errors.ts';
import { CleanupStack } from '../lifecycle/cleanup-stack.ts';
import type { ForwardSpec } from '../model/forward-spec.ts';
import { bindPort } from '../ports/bind-port.ts';
import { listenAddresses } from '../ports/listen-addresses.ts';
import { findPortOwner } from '../ports/port-owner.ts';
import { suggestAlternativePort } from '../ports/suggest-alternative-port.ts';

/** Where the connections of one mapping go. */
export type OnConnection = (socket: Socket, portIndex: number) => void;

/** The local ports of one forward. */
export class LocalPorts {
  readonly #spec: ForwardSpec;
  readonly #onConnection: OnConnection;
  readonly #cleanup = new CleanupStack();
  readonly #ports = new Map<number, number>();
  #addresses: readonly string[] = [];

  constructor(options: { readonly spec: ForwardSpec; readonly onConnection: OnConnection }) {
    this.#spec = options.spec;
    this.#onConnection = options.onConnection;
  }

  /** The addresses that listen. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** The port that listens for the mapping of that index, or what was asked for while none does. */
  portOf(portIndex: number): number {
    const wanted = this.#spec.ports[portIndex]?.localPort;
    return this.#ports.get(portIndex) ?? (typeof wanted === 'number' ? wanted : 0);
  }

  /**
   * Binds what can be bound now. Local ports that are to be the same as a named remote port wait until `numbers` says what the names
   * stand for.
   *
   * @throws PortConflictError with the owner and a suggestion, PortNotPermittedError or AddressNotAvailableError
   */
  async bind(numbers?: readonly number[]): Promise<void> {
    const addresses = listenAddresses(this.#spec.addresses);
    for (const [portIndex, { localPort }] of this.#spec.ports.entries()) {
      if (this.#ports.has(portIndex)) continue;
      const port = localPort === 'same' ? numbers?.[portIndex] : localPort;
      if (port === undefined) continue;
      try {
        const bound = await bindPort({
          port,
          addresses,
          onConnection: (socket) => this.#onConnection(socket, portIndex),
        });
        this.#cleanup.defer(() => bound.close());
        this.#ports.set(portIndex, bound.port);
        this.#addresses = bound.addresses;
      } catch (error) {
        throw error instanceof PortConflictError ? await this.#explainConflict(error) : error;
      }
    }
  }

  /** Frees every port. Idempotent. */
  close(): Promise<void> {
    return this.#cleanup.run();
  }

  async #explainConflict(error: PortConflictError): Promise<PortConflictError> {
    const { requestedPort } = error;
    const [suggested, owner] = await Promise.allSettled([
      suggestAlternativePort({ requestedPort, addresses: this.#spec.addresses }),
      findPortOwner(requestedPort),
    ]);
    return new PortConflictError({
      requestedPort,
      suggestedPort: suggested.status === 'fulfilled' ? suggested.value : undefined,
      owner: owner.status === 'fulfilled' ? owner.value : undefined,
      cause: error.cause,
    });
  }
}
