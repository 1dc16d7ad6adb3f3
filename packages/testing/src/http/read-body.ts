import type { IncomingMessage } from 'node:http';
import { StatusError } from '../errors/status-error.ts';

/** The longest body of a request, in bytes; the limit of the real server. */
const MAX_BODY = 3 * 1024 * 1024;

/** Reads the body of a request. @throws StatusError 413 when it is too long. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Destroying the request would take the connection away before the answer is sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) {
      const message = `Request entity too large: limit is ${MAX_BODY}`;
      throw new StatusError({ code: 413, reason: 'RequestEntityTooLarge', message });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
