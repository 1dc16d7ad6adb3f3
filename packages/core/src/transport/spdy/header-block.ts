const ZLIB_HEADER_WITH_SPDY_DICTIONARY = Buffer.from([0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2]);
const EMPTY_STORED_BLOCK = Buffer.from([0x00, 0x00, 0x00, 0xff, 0xff]);

/**
 * Writes SPDY/3.1 header blocks as *stored* deflate blocks: valid input for any inflater, and no compressor to keep (RFC 1951 §3.2.4,
 * SPDY/3 draft §2.6.10). The stream of one connection starts with a zlib header that names the SPDY dictionary; each block ends with an
 * empty stored block, the flush mark without which Go's inflater waits for more.
 */
export class HeaderBlockWriter {
  #first = true;

  /** One header block with these names (lower case) and values, both ASCII and together under 64 KiB. */
  write(headers: Readonly<Record<string, string>>): Buffer {
    const body = encode(headers);
    const stored = Buffer.allocUnsafe(5);
    stored[0] = 0;
    stored.writeUInt16LE(body.length, 1);
    stored.writeUInt16LE(~body.length & 0xffff, 3);
    const parts = [stored, body, EMPTY_STORED_BLOCK];
    if (this.#first) parts.unshift(ZLIB_HEADER_WITH_SPDY_DICTIONARY);
    this.#first = false;
    return Buffer.concat(parts);
  }
}

function encode(headers: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(headers);
  const size = entries.reduce((sum, [name, value]) => sum + 8 + name.length + value.length, 4);
  const block = Buffer.allocUnsafe(size);
  let offset = block.writeUInt32BE(entries.length, 0);
  for (const text of entries.flat()) {
    offset = block.writeUInt32BE(text.length, offset);
    offset += block.write(text, offset, 'latin1');
  }
  return block;
}
