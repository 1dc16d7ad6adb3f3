import { connect } from 'node:net';

export interface ReadUntilEndOptions {
  readonly port: number;
  /** Sent at once, with the end of the client's side behind it when `halfClose` is set. */
  readonly send?: string;
  /** @default false */
  readonly halfClose?: boolean;
  readonly limitMs: number;
}

export interface ReadUntilEnd {
  readonly bytes: number;
  /** From the connect to the end of the stream or the connection's loss; Infinity when neither came within the limit. */
  readonly endedAfterMs: number;
}

/** Connects and counts what comes until the other side ends. */
export function readUntilEnd(options: ReadUntilEndOptions): Promise<ReadUntilEnd> {
  return new Promise((resolve) => {
    const beganMs = performance.now();
    let bytes = 0;
    const socket = connect({ port: options.port, host: '127.0.0.1', allowHalfOpen: true });
    const settle = (endedAfterMs: number) => {
      clearTimeout(limit);
      socket.destroy();
      resolve({ bytes, endedAfterMs });
    };
    const ended = () => settle(performance.now() - beganMs);
    const limit = setTimeout(() => settle(Number.POSITIVE_INFINITY), options.limitMs);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
    });
    socket.on('end', ended);
    socket.on('error', ended);
    socket.on('close', ended);
    if (options.send !== undefined) socket.write(options.send);
    if (options.halfClose === true) socket.end();
  });
}
