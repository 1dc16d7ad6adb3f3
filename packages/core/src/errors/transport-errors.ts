import { KforgeError } from './kforge-error.ts';

interface TransportErrorOptions {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** The server answered an upgrade request with something other than the protocol that was asked for. */
export class UpgradeRefusedError extends KforgeError {
  static readonly code: 'UPGRADE_REFUSED' = 'UPGRADE_REFUSED';
  override readonly code: typeof UpgradeRefusedError.code = UpgradeRefusedError.code;
  /** HTTP status of the answer. */
  readonly status: number;

  constructor(options: TransportErrorOptions & { readonly status: number }) {
    super(options);
    this.status = options.status;
  }
}

/** The tunnel to the cluster is gone, and the connections in it with it. */
export class TunnelClosedError extends KforgeError {
  static readonly code: 'TUNNEL_CLOSED' = 'TUNNEL_CLOSED';
  override readonly code: typeof TunnelClosedError.code = TunnelClosedError.code;
  /** The code of the WebSocket close frame (RFC 6455 §7.4), where one came. */
  readonly closeCode: number | undefined;

  constructor(options: TransportErrorOptions & { readonly closeCode?: number | undefined }) {
    super(options);
    this.closeCode = options.closeCode;
  }
}

/** The tunnel stood open and did not answer in time. */
export class TunnelSilentError extends KforgeError {
  static readonly code: 'TUNNEL_SILENT' = 'TUNNEL_SILENT';
  override readonly code: typeof TunnelSilentError.code = TunnelSilentError.code;
  /** How long nothing came, in milliseconds. */
  readonly silentMs: number;

  constructor(options: { readonly silentMs: number }) {
    super({ message: `The tunnel to the cluster has not answered for ${(options.silentMs / 1000).toFixed(1)} s` });
    this.silentMs = options.silentMs;
  }
}

/** The peer sent bytes that are not of the protocol. The tunnel ends; the process does not. */
export class ProtocolViolationError extends KforgeError {
  static readonly code: 'PROTOCOL_VIOLATION' = 'PROTOCOL_VIOLATION';
  override readonly code: typeof ProtocolViolationError.code = ProtocolViolationError.code;

  constructor(options: TransportErrorOptions) {
    super(options);
  }
}

/** The connection to the port inside the pod was refused or failed; other connections are not concerned. */
export class StreamRefusedError extends KforgeError {
  static readonly code: 'STREAM_REFUSED' = 'STREAM_REFUSED';
  override readonly code: typeof StreamRefusedError.code = StreamRefusedError.code;
  /**
   * What is known of the reason: `refused` nothing listens there, `pod-gone` the pod's sandbox is no more, `timeout` the runtime did not
   * answer, `other` as the message says.
   */
  readonly reason: 'refused' | 'pod-gone' | 'timeout' | 'other';

  constructor(options: TransportErrorOptions & { readonly reason: StreamRefusedError['reason'] }) {
    super(options);
    this.reason = options.reason;
  }
}

/** One connection was reset by the pod or the runtime; other connections are not concerned. */
export class StreamResetError extends KforgeError {
  static readonly code: 'STREAM_RESET' = 'STREAM_RESET';
  override readonly code: typeof StreamResetError.code = StreamResetError.code;

  constructor(options: TransportErrorOptions) {
    super(options);
  }
}
