import { nodeCrypto } from '../../lifecycle/node-crypto.ts';

const KEYS_AT_ONCE = 1024;

/** Deals out masking keys from the system's random source, many at a time (RFC 6455 §5.3 asks for unpredictable ones). */
export class MaskKeys {
  readonly #pool: Buffer = Buffer.alloc(KEYS_AT_ONCE * 4);
  #offset: number = KEYS_AT_ONCE * 4;

  next(): Buffer {
    if (this.#offset === this.#pool.length) {
      nodeCrypto.randomFillSync(this.#pool);
      this.#offset = 0;
    }
    this.#offset += 4;
    return this.#pool.subarray(this.#offset - 4, this.#offset);
  }
}

/** XORs the bytes with the key, in place, four at a time where the memory's alignment allows. */
export function maskInPlace(bytes: Buffer, key: Buffer): void {
  const { length } = bytes;
  let at = 0;
  for (; at < length && (bytes.byteOffset + at) % 4 !== 0; at++)
    bytes[at] = (bytes[at] as number) ^ (key[at & 3] as number);
  const words = (length - at) >>> 2;
  if (words > 0) {
    const word = keyWord(key, at);
    const view = new Uint32Array(bytes.buffer, bytes.byteOffset + at, words);
    for (let i = 0; i < words; i++) view[i] = (view[i] as number) ^ word;
    at += words * 4;
  }
  for (; at < length; at++) bytes[at] = (bytes[at] as number) ^ (key[at & 3] as number);
}

/** The key as one machine word, turned so that it fits bytes that begin at `at`. */
function keyWord(key: Buffer, at: number): number {
  const turned = Uint8Array.of(0, 1, 2, 3).map((index) => key[(at + index) & 3] as number);
  return new Uint32Array(turned.buffer)[0] as number;
}
