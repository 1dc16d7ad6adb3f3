import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is deleted at the end of its scope. */
export interface TempFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes a file, with the folders that lead to it, and returns its path. */
  write(name: string, content: string, mode?: number): Promise<string>;
  /** Writes a program in JavaScript that runs under this very Node, and returns its path. */
  writeProgram(name: string, source: string): Promise<string>;
}

/** Makes an empty folder. */
export async function makeTempFolder(): Promise<TempFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kforge-test-'));
  const write = async (name: string, content: string, mode = 0o600): Promise<string> => {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content, { mode });
    return file;
  };
  return {
    path: folder,
    write,
    writeProgram: (name, source) => write(name, `#!${process.execPath}\n${source}\n`, 0o755),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
