/** The characters that Kubernetes writes the ten digits of a hash with. */
const DIGITS = '456789bcdf';

/**
 * A short name for the contents of a pod template, ten digits or fewer. The number of earlier collisions makes it another one. Equal
 * templates whose fields are in another order may have different ones: compare templates, not hashes.
 */
export function templateHash(template: unknown, collisions = 0): string {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(`${JSON.stringify(template)}${collisions === 0 ? '' : collisions}`)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return String(hash).replace(/\d/g, (digit) => DIGITS[Number(digit)] ?? '');
}
