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

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
  EISDIR: 'is a folder',
};

/** A sentence part for a file that could not be read: `does not exist`, `may not be read`. */
export function describeFileError(error: unknown): string {
  if (error instanceof FileTooLargeError) return 'is too large';
  return PROBLEMS[(error as NodeJS.ErrnoException | undefined)?.code ?? ''] ?? 'cannot be read';
}
