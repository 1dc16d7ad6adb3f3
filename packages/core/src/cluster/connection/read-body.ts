import type { IncomingMessage } from 'node:http';
import { ApiResponseInvalidError } from '../../errors/cluster-errors.ts';

/**
 * Reads the whole body of an answer.
 *
 * @throws {ApiResponseInvalidError} when it is longer than `maxBytes`; the connection is dropped then
 */
export async function readBody(options: {
  readonly response: IncomingMessage;
  readonly maxBytes: number;
}): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of options.response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > options.maxBytes) {
      throw new ApiResponseInvalidError({
        message: `The API server's answer is longer than ${options.maxBytes} bytes`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** Reads at most `maxBytes` of an answer that is an error; what follows is dropped with the connection. */
export async function readErrorBody(options: {
  readonly response: IncomingMessage;
  readonly maxBytes: number;
}): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of options.response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= options.maxBytes) break;
  }
  return Buffer.concat(chunks, length).subarray(0, options.maxBytes).toString('utf8');
}
