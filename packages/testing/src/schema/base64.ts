import type { Reading } from './reading.ts';

const CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/;
const DIGIT = /^[A-Za-z0-9+/]$/;

/** Reads base64 (RFC 4648, 4) as Go does, which skips line ends, and writes it without them. */
export function readBase64(text: string): Reading {
  if (CANONICAL.test(text)) return { value: text };
  const wrong = wrongByte(text);
  if (wrong !== undefined) return { problem: `illegal base64 data at input byte ${wrong}` };
  return { value: Buffer.from(text, 'base64').toString('base64') };
}

/** The offset in bytes that Go blames: where a group of four goes wrong, or begins if it is cut short. */
function wrongByte(text: string): number | undefined {
  // A byte a character: an offset is then one of bytes.
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const offsets: number[] = [];
  for (let offset = 0; offset < bytes.length; offset += 1)
    if (bytes[offset] !== '\r' && bytes[offset] !== '\n') offsets.push(offset);
  for (let first = 0; first < offsets.length; first += 4) {
    const group = offsets.slice(first, first + 4);
    const strange = group.findIndex((offset) => !DIGIT.test(bytes[offset] ?? ''));
    if (strange === -1) {
      // Go counts back from the end by the digits it has.
      if (group.length < 4) return bytes.length - group.length;
      continue;
    }
    const offset = group[strange] ?? 0;
    if (bytes[offset] !== '=' || strange < 2) return offset;
    if (strange === 2) {
      const second = group[3];
      if (second === undefined) return bytes.length;
      if (bytes[second] !== '=') return second - 1;
    }
    return offsets[first + 4];
  }
  return undefined;
}
