import { KforgeError } from '@kforge/core';

/** Where an error goes, and how much of it. */
export interface WriteErrorOptions {
  readonly error: unknown;
  /** Shows the stack and the causes too. */
  readonly debug: boolean;
  readonly stream: NodeJS.WritableStream;
}

/** Writes an error for a person: one line, then the next step, indented. */
export function writeError(options: WriteErrorOptions): void {
  const { error, debug, stream } = options;
  const message = error instanceof Error ? error.message : String(error);
  stream.write(`error: ${oneLine(message)}\n`);
  const hint = KforgeError.is(error) ? error.hint : undefined;
  for (const line of hint?.split('\n') ?? []) stream.write(`  ${line.trimEnd()}\n`);
  if (debug && error instanceof Error) writeStack(error, stream);
}

function writeStack(error: Error, stream: NodeJS.WritableStream): void {
  stream.write(`${error.stack ?? ''}\n`);
  if (error.cause instanceof Error) {
    stream.write('caused by ');
    writeStack(error.cause, stream);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
