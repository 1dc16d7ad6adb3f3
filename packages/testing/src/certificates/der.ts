/** A value in the Distinguished Encoding Rules of ASN.1 (X.690): a tag, the length of the content, the content. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content), content]);
}

/** A SEQUENCE. */
export function sequence(...items: readonly Uint8Array[]): Buffer {
  return der(0x30, ...items);
}

/** An OBJECT IDENTIFIER from its encoded content, in hexadecimal. */
export function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

/** A BIT STRING. */
export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return der(0x03, Buffer.from([unusedBits]), bytes);
}

/** A BOOLEAN that is true. */
export const TRUE: Buffer = der(0x01, Buffer.from([0xff]));

/** A moment as a certificate has it: until 2049 with two digits of the year, then with four (RFC 5280, section 4.1.2.5). */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().replaceAll(/[-:T]|\.\d+Z/g, '')}Z`;
  return date.getUTCFullYear() < 2050 ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

function lengthOf({ length }: Uint8Array): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x1_00) return Buffer.from([0x81, length]);
  if (length < 0x1_00_00) return Buffer.from([0x82, length >> 8, length & 0xff]);
  throw new RangeError(`A certificate has no value of ${length} bytes`);
}
