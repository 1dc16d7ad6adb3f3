import { createHash } from 'node:crypto';
import { firstLineCount } from './first-line.ts';
import type { PodHandler } from './pod-handler.ts';

/** A pod that reads a decimal line `N`, then N bytes, and answers with their SHA-256 in hex and a line feed, then ends. */
export function sink(): PodHandler {
  return async (connection) => {
    const length = await firstLineCount(connection);
    if (length === undefined) {
      connection.end();
      return;
    }
    const hash = createHash('sha256');
    let remaining = length;
    if (remaining > 0) {
      for await (const chunk of connection.iterator({ destroyOnReturn: false })) {
        const bytes = (chunk as Buffer).subarray(0, remaining);
        hash.update(bytes);
        remaining -= bytes.length;
        if (remaining === 0) break;
      }
    }
    connection.resume();
    connection.end(`${hash.digest('hex')}\n`);
  };
}
