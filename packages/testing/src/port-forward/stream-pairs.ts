import { afterEnd } from './after-end.ts';
import type { ForwardedConnection } from './forwarded-connection.ts';
import type { PortForwardBehaviour } from './port-forward-behaviour.ts';
import { RST } from './spdy/frames.ts';
import type { SpdyHeaders } from './spdy/header-inflater.ts';
import type { SpdyStream } from './spdy/spdy-stream.ts';

/** What {@link StreamPairs} needs. */
export interface StreamPairsOptions {
  /** How failed connections end. */
  readonly failure: PortForwardBehaviour['failure'];
  /** How long the second stream of a pair may take, in milliseconds. @default 30000, as the kubelet */
  readonly pairTimeoutMs?: number;
  readonly onConnection: (connection: ForwardedConnection) => void;
}

interface Pair {
  error?: SpdyStream;
  data?: SpdyStream;
  readonly timer: NodeJS.Timeout;
}

/**
 * Joins the two streams that make one forwarded connection: `streamtype` error and data, under one `requestid`.
 * Without that header the data stream belongs to the error stream opened just before it, as with clients of old.
 */
export class StreamPairs {
  readonly #options: StreamPairsOptions;
  readonly #pairs = new Map<string, Pair>();

  constructor(options: StreamPairsOptions) {
    this.#options = options;
  }

  /** Whether a stream with these headers can be half of a pair: a port from 1 to 65535 and a type that is known and not there yet. */
  admit(headers: SpdyHeaders, streamId: number): boolean {
    const type = headers.get('streamtype');
    if (portIn(headers) === undefined || (type !== 'error' && type !== 'data')) return false;
    return this.#pairs.get(pairId(headers, streamId))?.[type] === undefined;
  }

  /** Takes an admitted stream; with the second one the connection begins. */
  add(stream: SpdyStream): void {
    const id = pairId(stream.headers, stream.id);
    const pair = this.#pairs.get(id) ?? this.#begin(id);
    pair[stream.headers.get('streamtype') === 'error' ? 'error' : 'data'] = stream;
    if (!pair.error || !pair.data) return;
    this.#forget(id);
    const { error, data } = pair;
    this.#options.onConnection(forwardedConnection({ error, data, failure: this.#options.failure }));
  }

  /** The session is over: half pairs are forgotten. */
  close(): void {
    for (const id of [...this.#pairs.keys()]) this.#forget(id);
  }

  #begin(id: string): Pair {
    const pair: Pair = { timer: setTimeout(() => this.#giveUp(id), this.#options.pairTimeoutMs ?? 30_000) };
    this.#pairs.set(id, pair);
    return pair;
  }

  #giveUp(id: string): void {
    const pair = this.#pairs.get(id);
    this.#forget(id);
    pair?.error?.resume().end(`(request=${id}) timed out waiting for streams`);
    pair?.data?.reset(RST.cancel);
  }

  #forget(id: string): void {
    clearTimeout(this.#pairs.get(id)?.timer);
    this.#pairs.delete(id);
  }
}

function forwardedConnection(streams: {
  readonly error: SpdyStream;
  readonly data: SpdyStream;
  readonly failure: PortForwardBehaviour['failure'];
}): ForwardedConnection {
  const { error, data, failure } = streams;
  // A client never writes on the error stream; its FIN there says nothing.
  error.resume();
  const endError = (text?: string): void => {
    if (error.writable) error.end(text);
  };
  const fail = (text: string): void => {
    if (failure === 'error-text-first') {
      endError(text);
      afterEnd(data, () => {});
    } else if (failure === 'reset' && error.writable) {
      error.write(text);
      error.reset(RST.cancel);
      data.reset(RST.cancel);
    } else {
      afterEnd(data, () => endError(text));
    }
  };
  return { port: portIn(data.headers) ?? 0, data, fail, complete: () => afterEnd(data, () => endError()) };
}

function portIn(headers: SpdyHeaders): number | undefined {
  const text = headers.get('port') ?? '';
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function pairId(headers: SpdyHeaders, streamId: number): string {
  const requestId = headers.get('requestid');
  if (requestId !== undefined) return requestId;
  return String(headers.get('streamtype') === 'data' ? streamId - 2 : streamId);
}
