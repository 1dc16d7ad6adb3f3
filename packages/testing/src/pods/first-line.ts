import type { Readable } from 'node:stream';

/** The longest first line that is waited for, in bytes. */
const MAX_LINE = 1024;

/**
 * Reads up to the first line feed; what came after it is put back, so that reading can go on.
 *
 * @returns the line without its line feed, or `undefined` when the stream ended before one came.
 * @throws RangeError when the line is longer than 1,024 bytes.
 */
export async function firstLine(stream: Readable): Promise<string | undefined> {
  let gathered: Buffer = Buffer.alloc(0);
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    gathered = Buffer.concat([gathered, chunk as Buffer]);
    const end = gathered.indexOf('\n');
    if (end > MAX_LINE || (end < 0 && gathered.length > MAX_LINE)) break;
    if (end < 0) continue;
    if (end + 1 < gathered.length) stream.unshift(gathered.subarray(end + 1));
    return gathered.toString('latin1', 0, end);
  }
  if (gathered.length > MAX_LINE) throw new RangeError(`The first line is longer than ${MAX_LINE} bytes`);
  return undefined;
}

/**
 * The decimal number on the first line, as `source` and `sink` take it.
 *
 * @returns `undefined` when the stream ended before a whole line came.
 * @throws RangeError when the line is no whole number.
 */
export async function firstLineCount(stream: Readable): Promise<number | undefined> {
  const line = await firstLine(stream);
  if (line === undefined) return undefined;
  const count = /^\d{1,15}\s*$/.test(line) ? Number(line) : Number.NaN;
  if (Number.isNaN(count)) throw new RangeError('The first line is no whole number');
  return count;
}
