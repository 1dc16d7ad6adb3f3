import { connect, type Socket } from 'node:net';

const line = Buffer.from('ping\n');

/**
 * Connects to an echo port, sends a line, waits for it and closes: milliseconds from the connect to the echo's last byte.
 * @throws Error when the connection ends before, or after `limitMs`
 */
export async function connectAndEcho(port: number, limitMs = 30_000): Promise<number> {
  const connection = openEcho(port);
  try {
    return await connection.echo(line, limitMs);
  } finally {
    connection.close();
  }
}

export interface EchoConnection {
  /**
   * Sends the bytes and resolves, when they have come back, with the milliseconds that took; one at a time.
   * @throws Error when the connection ends before, or after `limitMs`
   */
  echo(bytes: Buffer, limitMs?: number): Promise<number>;
  close(): void;
}

/** Opens a connection to an echo port. The first echo includes the connect. */
export function openEcho(port: number): EchoConnection {
  const beganMs = performance.now();
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let waiting: { expected: Buffer; received: number; settle(error?: Error): void } | undefined;
  let failure: Error | undefined;
  let first = true;

  const end = (reason: string) => {
    failure ??= new Error(reason);
    waiting?.settle(failure);
  };
  socket.on('error', (error) => end(error.message));
  socket.on('close', () => end('the connection was closed'));
  socket.on('data', (chunk) => {
    if (waiting === undefined) return end('more came back than was sent');
    const { expected, received } = waiting;
    if (!expected.subarray(received, received + chunk.length).equals(chunk)) return end('other bytes came back');
    waiting.received += chunk.length;
    if (waiting.received === expected.length) waiting.settle();
  });

  return {
    echo: (bytes, limitMs = 30_000) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) return reject(failure);
        const sentMs = first ? beganMs : performance.now();
        first = false;
        const limit = setTimeout(() => end(`no echo within ${limitMs} ms`), limitMs);
        waiting = {
          expected: bytes,
          received: 0,
          settle: (error) => {
            const tookMs = performance.now() - sentMs;
            waiting = undefined;
            clearTimeout(limit);
            if (error === undefined) resolve(tookMs);
            else reject(error);
          },
        };
        socket.write(bytes);
      }),
    close: () => socket.destroy(),
  };
}

/** The milliseconds of a try, or Infinity when it failed: "longer than the limit" in the report. */
export async function orInfinity(attempt: Promise<number>): Promise<number> {
  return attempt.catch(() => Number.POSITIVE_INFINITY);
}
