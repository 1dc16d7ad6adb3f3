import type { Socket } from 'node:net';

/**
 * Ends a connection so that its peer sees a reset. One whose end was sent already is only closed: Node loses the socket when it is asked
 * for both in one turn.
 */
export function resetSocket(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
