import { constants, inflateRawSync } from 'node:zlib';
import { SPDY_DICTIONARY, SPDY_DICTIONARY_ID } from './dictionary.ts';
import { SpdyProtocolError } from './spdy-protocol-error.ts';

/** As far back as deflate can refer, in bytes. */
const WINDOW = 32 * 1024;
/** The longest inflated header block, in bytes. */
const MAX_BLOCK = 64 * 1024;
const MAX_HEADERS = 64;
const FLAG_DICTIONARY = 0x20;

/** The headers of a stream; names in lower case. */
export type SpdyHeaders = ReadonlyMap<string, string>;

/**
 * Reads the header blocks of one direction of a session. They are one zlib stream, flushed after each block: every block is inflated on
 * its own, with all output so far as its dictionary.
 */
export class HeaderInflater {
  #window: Buffer = Buffer.alloc(0);
  #started = false;

  /** @throws SpdyProtocolError when the block is no continuation of the stream, or too long, or holds no headers. */
  inflate(block: Buffer): SpdyHeaders {
    const raw = this.#started ? block : this.#readStreamHeader(block);
    const inflated = this.#inflateRaw(raw);
    this.#window = Buffer.concat([this.#window, inflated]).subarray(-WINDOW);
    return parseHeaders(inflated);
  }

  #readStreamHeader(block: Buffer): Buffer {
    if (block.length < 2 || block.readUInt16BE(0) % 31 !== 0 || (block.readUInt8(0) & 0x0f) !== 8) {
      throw new SpdyProtocolError('the first header block does not begin a zlib stream');
    }
    this.#started = true;
    if ((block.readUInt8(1) & FLAG_DICTIONARY) === 0) return block.subarray(2);
    if (block.length < 6 || block.readUInt32BE(2) !== SPDY_DICTIONARY_ID) {
      throw new SpdyProtocolError('the header blocks use a dictionary that is not the one of SPDY/3');
    }
    this.#window = SPDY_DICTIONARY;
    return block.subarray(6);
  }

  #inflateRaw(raw: Buffer): Buffer {
    try {
      return inflateRawSync(raw, {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MAX_BLOCK,
        ...(this.#window.length > 0 && { dictionary: this.#window }),
      });
    } catch (error) {
      throw new SpdyProtocolError('a header block cannot be inflated', { cause: error });
    }
  }
}

function parseHeaders(block: Buffer): SpdyHeaders {
  const headers = new Map<string, string>();
  let offset = 0;
  const take = (length: number): Buffer => {
    if (offset + length > block.length) throw new SpdyProtocolError('a header block ends before its last header');
    offset += length;
    return block.subarray(offset - length, offset);
  };
  const count = take(4).readUInt32BE();
  if (count > MAX_HEADERS) throw new SpdyProtocolError(`a header block holds more than ${MAX_HEADERS} headers`);
  for (let index = 0; index < count; index += 1) {
    const name = take(take(4).readUInt32BE()).toString('latin1').toLowerCase();
    const value = take(take(4).readUInt32BE()).toString('latin1');
    if (name === '' || headers.has(name)) throw new SpdyProtocolError('a header has no name, or comes twice');
    headers.set(name, value);
  }
  return headers;
}
