import type { IncomingMessage } from 'node:http';
import { ApiResponseInvalidError } from '../../errors/cluster-errors.ts';

const NEWLINE = 0x0a;

/**
 * The lines of a body as they come, without their ends and without empty ones. Leaving the loop drops the connection.
 *
 * @throws {ApiResponseInvalidError} when a line is longer than `maxLineBytes`, or the body ends within a line
 */
export async function* readLines(options: {
  readonly response: IncomingMessage;
  readonly maxLineBytes: number;
}): AsyncGenerator<string, void, undefined> {
  let pending: Buffer[] = [];
  let pendingLength = 0;
  for await (const chunk of options.response as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const line = Buffer.concat([...pending, chunk.subarray(start, end)]);
      assertLength(line.length);
      pending = [];
      pendingLength = 0;
      start = end + 1;
      if (line.length > 0) yield line.toString('utf8');
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
    pendingLength += chunk.length - start;
    assertLength(pendingLength);
  }
  if (pendingLength > 0) throw new ApiResponseInvalidError({ message: "The API server's watch ended within a line" });

  function assertLength(length: number): void {
    if (length <= options.maxLineBytes) return;
    throw new ApiResponseInvalidError({ message: `A line of the watch is longer than ${options.maxLineBytes} bytes` });
  }
}
