import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bytePattern } from './byte-pattern.ts';
import { firstLineCount } from './first-line.ts';
import type { PodHandler } from './pod-handler.ts';

/** A pod that reads a decimal line `N` and sends N bytes, byte i being (i * 31 + 7) mod 251, then ends. */
export function source(): PodHandler {
  return async (connection) => {
    const length = await firstLineCount(connection);
    connection.resume();
    await pipeline(Readable.from(bytePattern({ length: length ?? 0 }), { objectMode: false }), connection);
  };
}
