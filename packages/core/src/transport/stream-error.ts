import { printable } from '../errors/printable.ts';
import { StreamRefusedError, StreamResetError } from '../errors/transport-errors.ts';

/** The longest error text that is kept of one stream, in bytes. */
export const MAX_ERROR_TEXT = 4096;

/**
 * Turns the text of a port-forward error stream into an error. The text comes from the container runtime (containerd, CRI-O, the old
 * socat); this is the one file that looks into it.
 */
export function streamErrorFromText(text: string, port: number): StreamRefusedError | StreamResetError {
  const cause = new Error(text.trim());
  if (/connection refused/i.test(text)) {
    return new StreamRefusedError({
      reason: 'refused',
      message: `Nothing in the pod listens on port ${port}`,
      hint: 'The program may still be starting, listen on another port, or be bound to another address than localhost.',
      cause,
    });
  }
  if (
    /network namespace for sandbox "[^"]*" is closed|failed to find sandbox|not found in store|pod (does not exist|not found)/i.test(
      text,
    )
  ) {
    return new StreamRefusedError({ reason: 'pod-gone', message: 'The pod behind the tunnel is gone', cause });
  }
  if (/connection reset by peer|broken pipe/i.test(text)) {
    return new StreamResetError({ message: `The pod reset the connection to port ${port}`, cause });
  }
  if (/timed? ?out/i.test(text)) {
    return new StreamRefusedError({
      reason: 'timeout',
      message: `Port ${port} of the pod did not answer in time`,
      cause,
    });
  }
  return new StreamRefusedError({
    reason: 'other',
    message: `Port ${port} of the pod could not be reached: ${firstLine(text)}`,
    cause,
  });
}

function firstLine(text: string): string {
  return printable(text.trim().split('\n', 1)[0] ?? '');
}
