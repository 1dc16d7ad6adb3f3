import { SpdyFrameParser } from '../../../src/transport/spdy/frame-parser.ts';

/** One call of a parser's handler. */
export type SpdyFrameEvent =
  | { readonly type: 'data'; readonly streamId: number; readonly payload: string; readonly fin: boolean }
  | { readonly type: 'synReply'; readonly streamId: number; readonly fin: boolean }
  | { readonly type: 'rstStream'; readonly streamId: number; readonly status: number }
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'goAway' };

/** Feeds the pieces to a new parser, one after the other, and returns what it finds. */
export function readFrames(pieces: readonly Buffer[]): readonly SpdyFrameEvent[] {
  const events: SpdyFrameEvent[] = [];
  const parser = new SpdyFrameParser({
    onData: (streamId, piece, fin) => events.push({ type: 'data', streamId, payload: piece.toString('latin1'), fin }),
    onSynReply: (streamId, fin) => events.push({ type: 'synReply', streamId, fin }),
    onRstStream: (streamId, status) => events.push({ type: 'rstStream', streamId, status }),
    onPing: (id) => events.push({ type: 'ping', id }),
    onGoAway: () => events.push({ type: 'goAway' }),
  });
  for (const piece of pieces) parser.push(piece);
  return events;
}

/** The same events with the pieces of each DATA frame put together, as where a frame is cut says nothing. */
export function joinPieces(events: readonly SpdyFrameEvent[]): readonly SpdyFrameEvent[] {
  const joined: SpdyFrameEvent[] = [];
  for (const event of events) {
    const before = joined.at(-1);
    if (event.type === 'data' && before?.type === 'data' && before.streamId === event.streamId && !before.fin) {
      joined[joined.length - 1] = { ...event, payload: before.payload + event.payload };
    } else {
      joined.push(event);
    }
  }
  return joined;
}
