import type { Writable } from 'node:stream';

/** Ends a stream and calls `then` once everything written before has gone, or the stream is closed, whichever comes first. */
export function afterEnd(stream: Writable, then: () => void): void {
  if (stream.writableFinished || stream.closed) {
    then();
    return;
  }
  const done = (): void => {
    stream.off('finish', done);
    stream.off('close', done);
    then();
  };
  stream.once('finish', done);
  stream.once('close', done);
  if (!stream.writableEnded) stream.end();
}
