const BLOCK_LENGTH = 251 * 256;

/**
 * Bytes that a test can check without keeping them: byte i is (i * 31 + 7) mod 251.
 *
 * @param options `length`: how many bytes in all. They come in blocks of at most 64,256 bytes.
 */
export function* bytePattern({ length }: { length: number }): Generator<Buffer> {
  const block = Buffer.from(Array.from({ length: BLOCK_LENGTH }, (_, index) => (index * 31 + 7) % 251));
  for (let remaining = length; remaining > 0; remaining -= BLOCK_LENGTH) yield block.subarray(0, remaining);
}
