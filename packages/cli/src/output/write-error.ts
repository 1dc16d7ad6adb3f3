import { KforgeError } from '@kforge/core';
import { terminalText } from './terminal-text.ts';

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
  stream.write(`error: ${terminalText(message)}\n`);
  const hint = KforgeError.is(error) ? error.hint : undefined;
  for (const line of hint?.split('\n') ?? []) stream.write(`  ${terminalText(line)}\n`);
  if (debug && error instanceof Error) writeStack(error, stream);
}

function writeStack(error: Error, stream: NodeJS.WritableStream): void {
  for (const line of error.stack?.split('\n') ?? []) stream.write(`${terminalText(line)}\n`);
  if (error.cause instanceof Error) {
    stream.write('caused by ');
    writeStack(error.cause, stream);
  }
}
