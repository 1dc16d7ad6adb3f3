import { createHash } from 'node:crypto';
import { connect } from 'node:net';

const block: Buffer = Buffer.alloc(1024 * 1024, 'the quick brown fox jumps over the lazy dog; ');
/** Enough to keep the socket busy while the next one is queued. */
const blocksInFlight = 2;

/** What the sink answers for `blocks` MiB of the upload's content: their SHA-256 in hex and a newline. */
export function expectedAnswer(blocks: number): string {
  const hash = createHash('sha256');
  for (let index = 0; index < blocks; index++) hash.update(block);
  return `${hash.digest('hex')}\n`;
}

/**
 * Sends `blocks` MiB to a sink port and waits for its answer.
 * @param answer from `expectedAnswer(blocks)`, worked out beforehand so that it takes no CPU while the clock runs
 * @throws Error when the answer is another one, or when it takes longer than `limitMs`
 */
export function upload(port: number, blocks: number, answer: string, limitMs = 120_000): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = blocks;
    let received = '';
    const settle = (reason?: string) => {
      clearTimeout(limit);
      socket.destroy();
      if (reason === undefined) resolve();
      else reject(new Error(`${reason} with ${left} of ${blocks} MiB left to send`));
    };
    const limit = setTimeout(() => settle(`upload not finished within ${limitMs} ms`), limitMs);
    const socket = connect({ port, host: '127.0.0.1' });
    const sendNext = (error?: Error | null) => {
      if (error || left === 0) return;
      left -= 1;
      socket.write(block, sendNext);
    };
    socket.on('error', (error) => settle(error.message));
    socket.on('close', () => settle('the connection was closed'));
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      if (received === answer) settle();
      else if (!answer.startsWith(received)) settle('the sink got other bytes');
    });
    socket.write(`${blocks * block.length}\n`);
    for (let index = 0; index < blocksInFlight; index++) sendNext();
  });
}
