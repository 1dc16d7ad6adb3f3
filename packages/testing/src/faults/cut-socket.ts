import type { Duplex } from 'node:stream';
import type { Clock } from '../clock/clock.ts';

/** How long a client may take to read what came before a cut, in milliseconds. */
const READING_MS = 1000;

/** Cuts a connection behind what was written to it; a client that does not read it is cut off in time. */
export function cutSocket({ socket, clock }: { readonly socket: Duplex; readonly clock: Clock }): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const cancel = clock.setTimeout(() => socket.destroy(), READING_MS);
  socket.once('close', cancel);
  socket.end(() => socket.destroy());
}
