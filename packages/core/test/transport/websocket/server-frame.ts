/** One frame as a WebSocket server writes it: without a mask, its length in the shortest form (RFC 6455 §5.2). */
export function serverFrame(options: {
  readonly opcode: number;
  readonly payload?: Buffer | string;
  /** @default true */
  readonly fin?: boolean;
}): Buffer {
  const { opcode, fin = true } = options;
  const payload = Buffer.from(options.payload ?? '');
  return Buffer.concat([Buffer.of((fin ? 0x80 : 0) | opcode), lengthField(payload.length), payload]);
}

function lengthField(length: number): Buffer {
  if (length < 126) return Buffer.of(length);
  const field = Buffer.alloc(length < 65_536 ? 3 : 9);
  field[0] = length < 65_536 ? 126 : 127;
  if (length < 65_536) field.writeUInt16BE(length, 1);
  else field.writeBigUInt64BE(BigInt(length), 1);
  return field;
}
