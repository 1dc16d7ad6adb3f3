import { connect } from 'node:net';

/** Reads go straight into this many bytes, over and over, so that the client costs as little as Node lets it. */
const readBufferBytes = 256 * 1024;

/**
 * Asks a source port for `bytes` and counts them, keeping none.
 * @throws Error when another number of bytes comes, or when they take longer than `limitMs`
 */
export function download(port: number, bytes: number, limitMs = 120_000): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = 0;
    const settle = (reason?: string) => {
      clearTimeout(limit);
      socket.destroy();
      if (reason === undefined) resolve();
      else reject(new Error(`${reason} after ${received} of ${bytes} bytes`));
    };
    const limit = setTimeout(() => settle(`download not finished within ${limitMs} ms`), limitMs);
    const socket = connect({
      port,
      host: '127.0.0.1',
      onread: {
        buffer: Buffer.allocUnsafe(readBufferBytes),
        callback: (count) => {
          received += count;
          if (received > bytes) settle('download too long');
          else if (received === bytes) settle();
          return true;
        },
      },
    });
    socket.on('error', (error) => settle(error.message));
    socket.on('close', () => settle('the connection was closed'));
    socket.write(`${bytes}\n`);
  });
}
