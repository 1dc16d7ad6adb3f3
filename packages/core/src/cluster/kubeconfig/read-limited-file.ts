import { open } from 'node:fs/promises';

/** A file is longer than the limit that its reader set. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
}

/**
 * Reads a small file. The length is counted while reading, since a pipe (`--kubeconfig <(…)`) does not tell its own.
 *
 * @throws {FileTooLargeError} past the limit; the system's error when the file cannot be read
 */
export async function readLimitedFile(options: { readonly file: string; readonly maxBytes: number }): Promise<Buffer> {
  const { file, maxBytes } = options;
  const handle = await open(file, 'r');
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(64 * 1024), 0, 64 * 1024, null);
      if (bytesRead === 0) return Buffer.concat(chunks, length);
      length += bytesRead;
      if (length > maxBytes) throw new FileTooLargeError(`${file} is larger than ${maxBytes} bytes`);
      chunks.push(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

/** A sentence part for a file that could not be read: `does not exist`, `may not be read`. */
export function describeFileError(error: unknown): string {
  if (error instanceof FileTooLargeError) return 'is too large';
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'may not be read by this user';
    case 'EISDIR':
      return 'is a folder';
    default:
      return 'cannot be read';
  }
}
