import { KforgeError } from './kforge-error.ts';

/** The process that holds a port. */
export interface PortOwner {
  readonly pid: number;
  /** Its name as the system has it, for instance `node`. */
  readonly name: string;
}

/** Another program listens on the local port. */
export class PortConflictError extends KforgeError {
  static readonly code: 'PORT_CONFLICT' = 'PORT_CONFLICT';
  override readonly code: typeof PortConflictError.code = PortConflictError.code;
  readonly requestedPort: number;
  /** A port that was free a moment ago, or `undefined` where none was found. */
  readonly suggestedPort: number | undefined;
  /** Who holds the port, where the system tells. */
  readonly owner: PortOwner | undefined;

  constructor(options: {
    readonly requestedPort: number;
    readonly suggestedPort?: number | undefined;
    readonly owner?: PortOwner | undefined;
    readonly cause?: unknown;
  }) {
    const { requestedPort, suggestedPort, owner } = options;
    const question = suggestedPort === undefined ? '' : `. Try port ${suggestedPort}?`;
    super({
      message: `Port ${requestedPort} is already in use${question}`,
      hint: owner ? `It is held by ${owner.name} (process ${owner.pid}).` : undefined,
      cause: options.cause,
    });
    this.requestedPort = requestedPort;
    this.suggestedPort = suggestedPort;
    this.owner = owner;
  }
}

/** The system does not let this user listen on that port, as a rule because it is below 1024. */
export class PortNotPermittedError extends KforgeError {
  static readonly code: 'PORT_NOT_PERMITTED' = 'PORT_NOT_PERMITTED';
  override readonly code: typeof PortNotPermittedError.code = PortNotPermittedError.code;
  readonly requestedPort: number;

  constructor(options: { readonly requestedPort: number; readonly cause?: unknown }) {
    super({
      message: `This system does not let you listen on port ${options.requestedPort}`,
      hint: 'Ports below 1024 need special rights on most systems; choose one from 1024 on.',
      cause: options.cause,
    });
    this.requestedPort = options.requestedPort;
  }
}

/** The address to listen on is none of this machine's, or no address at all. */
export class AddressNotAvailableError extends KforgeError {
  static readonly code: 'ADDRESS_NOT_AVAILABLE' = 'ADDRESS_NOT_AVAILABLE';
  override readonly code: typeof AddressNotAvailableError.code = AddressNotAvailableError.code;
  readonly address: string;

  constructor(options: { readonly address: string; readonly cause?: unknown }) {
    super({
      message: `This machine has no address ${options.address} to listen on`,
      hint: "Use localhost, 0.0.0.0 for every network, or an address of one of this machine's interfaces.",
      cause: options.cause,
    });
    this.address = options.address;
  }
}

/** A search for a free port found none. */
export class NoFreePortError extends KforgeError {
  static readonly code: 'NO_FREE_PORT' = 'NO_FREE_PORT';
  override readonly code: typeof NoFreePortError.code = NoFreePortError.code;

  constructor() {
    super({ message: 'No available ports found in range 1024-65535' });
  }
}
