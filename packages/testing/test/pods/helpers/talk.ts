import type { PodHandler } from '../../../src/pods/pod-handler.ts';
import { ForwardingServer } from '../../port-forward/helpers/forwarding-server.ts';
import { data, type SpdyClient } from '../../port-forward/helpers/spdy-client.ts';

/** One connection to a handler, over a real port-forward. */
export interface Talk extends AsyncDisposable {
  /** Sends text to the handler. */
  say(text: string | Buffer, options?: { readonly fin?: boolean }): void;
  /** What the handler has sent so far. */
  heard(): string;
  /** What came on the error stream so far. */
  failure(): string;
  /** Whether the handler has ended. */
  ended(): boolean;
  /** Waits until what is asked for is true. */
  until(isTrue: () => boolean): Promise<void>;
  readonly server: ForwardingServer;
  readonly client: SpdyClient;
}

/** Opens a connection to a handler. */
export async function talk(handler: PodHandler): Promise<Talk> {
  const server = await ForwardingServer.start({ serve: { 80: handler } });
  const client = await server.spdy();
  client.send(await client.open(80));
  return {
    say: (text, options) => client.send(data(3, text, options)),
    heard: () => client.text(3),
    failure: () => client.text(1),
    ended: () => client.ended(3),
    until: (isTrue) => client.until(isTrue),
    server,
    client,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Byte i of `source` is (i * 31 + 7) mod 251. */
export function expectedPattern(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 31 + 7) % 251));
}
