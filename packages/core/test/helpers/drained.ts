import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Waits until a stream takes more, or is closed. Leaves no listener behind. */
export async function drained(stream: Writable): Promise<void> {
  const done = new AbortController();
  const events = ['drain', 'close'].map((name) => once(stream, name, { signal: done.signal }));
  for (const event of events) event.catch(() => undefined);
  await Promise.race(events);
  done.abort();
}
