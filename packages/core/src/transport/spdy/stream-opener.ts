import { synStreamFrame } from './frames.ts';
import { HeaderBlockWriter } from './header-block.ts';

/** The opening of one connection. */
export interface StreamOpening {
  /** The id of the error stream; the data stream's is the next odd one. */
  readonly errorStreamId: number;
  /** Both SYN_STREAM frames, to be sent together. */
  readonly frames: Buffer;
}

/** Numbers and words the openings of a client's connections: an error stream that is ended at once, and a data stream. */
export class StreamOpener {
  readonly #headerBlocks = new HeaderBlockWriter();
  #nextStreamId = 1;
  #nextRequestId = 0;

  /** Opens a connection to a port of the pod. */
  open(port: number): StreamOpening {
    const errorStreamId = this.#nextStreamId;
    this.#nextStreamId += 4;
    const headers = { port: String(port), requestid: String(this.#nextRequestId++) };
    const error = this.#headerBlocks.write({ ...headers, streamtype: 'error' });
    const data = this.#headerBlocks.write({ ...headers, streamtype: 'data' });
    const frames = [
      synStreamFrame({ streamId: errorStreamId, fin: true, headerBlock: error }),
      synStreamFrame({ streamId: errorStreamId + 2, fin: false, headerBlock: data }),
    ];
    return { errorStreamId, frames: Buffer.concat(frames) };
  }

  /** Whether a stream of that id was ever opened. */
  hasOpened(streamId: number): boolean {
    return streamId % 2 === 1 && streamId < this.#nextStreamId;
  }
}
