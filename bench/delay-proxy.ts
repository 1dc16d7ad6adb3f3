/**
 * A TCP proxy that holds every chunk back for a fixed time, in each direction: a slow network in front of the API server.
 * It runs as a process of its own (started with an IPC channel) and ends when that channel closes.
 *
 * Arguments: HOST PORT DELAY_MS. It sends `{ port }` once it listens on 127.0.0.1.
 *
 * What it does not delay is the TCP handshake: the client's is answered by this process at once. A forwarder that dials for every
 * connection therefore looks one round trip better than it is. There is no bound on what it holds; it is for small traffic.
 */
import { connect, createServer, type Socket } from 'node:net';

const [host, port, delay] = process.argv.slice(2);
const delayMs = Number(delay);
if (host === undefined || !Number.isInteger(Number(port)) || !(delayMs >= 0)) {
  throw new Error('HOST PORT DELAY_MS are needed');
}

/** Passes on what `from` says, its end included, `delayMs` later. */
function passOn(from: Socket, to: Socket): void {
  const held: { readonly dueMs: number; readonly chunk: Buffer | undefined }[] = [];
  const schedule = () => {
    const first = held[0];
    if (first === undefined) return;
    // A timer is late by up to a millisecond, so the last stretch is waited for turn by turn.
    const coarseMs = Math.floor(first.dueMs - performance.now() - 1.5);
    if (coarseMs > 0) setTimeout(release, coarseMs);
    else setImmediate(release);
  };
  const release = () => {
    for (let first = held[0]; first !== undefined && first.dueMs <= performance.now(); first = held[0]) {
      held.shift();
      if (to.destroyed) continue;
      if (first.chunk === undefined) to.end();
      else to.write(first.chunk);
    }
    schedule();
  };
  const hold = (chunk: Buffer | undefined) => {
    held.push({ dueMs: performance.now() + delayMs, chunk });
    if (held.length === 1) schedule();
  };
  from.on('data', hold);
  from.on('end', () => hold(undefined));
  from.on('error', () => to.destroy());
}

const server = createServer({ allowHalfOpen: true, noDelay: true }, (local) => {
  const upstream = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  passOn(local, upstream);
  passOn(upstream, local);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  process.send?.({ port: address.port });
});
process.on('disconnect', () => process.exit(0));
