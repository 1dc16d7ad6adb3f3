import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';

/** A program to look for. */
export interface FindExecutableOptions {
  /** A bare name, searched on PATH, or a path. */
  readonly command: string;
  /** Where PATH (and on Windows PATHEXT) is read. */
  readonly environment: NodeJS.ProcessEnv;
  /** The folder to which a relative path with a separator refers. @default the current folder */
  readonly folder?: string | undefined;
}

/** The program's absolute path, or where it was looked for in vain. */
export type FoundExecutable =
  | { readonly file: string }
  | { readonly file: undefined; readonly searched: readonly string[] };

/**
 * Finds a program as a shell would, but by the environment that is given and never in the current folder: empty and relative entries of
 * PATH are passed over.
 */
export async function findExecutable(options: FindExecutableOptions): Promise<FoundExecutable> {
  const { command, environment, folder = process.cwd() } = options;
  if (command.includes('/') || command.includes(path.sep)) {
    const file = path.resolve(folder, command);
    const found = await firstExecutable(withExtensions(file, environment));
    return found === undefined ? { file: undefined, searched: [file] } : { file: found };
  }
  const folders = (environmentValue(environment, 'PATH') ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const candidates = folders.flatMap((each) => withExtensions(path.join(each, command), environment));
  const found = await firstExecutable(candidates);
  return found === undefined ? { file: undefined, searched: [...new Set(folders)] } : { file: found };
}

async function firstExecutable(candidates: readonly string[]): Promise<string | undefined> {
  for (const file of candidates) {
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false; // not there, or not for us: both mean that the search goes on
  }
}

function withExtensions(file: string, environment: NodeJS.ProcessEnv): readonly string[] {
  if (process.platform !== 'win32') return [file];
  const extensions = (environmentValue(environment, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean);
  const hasExtension = extensions.some((extension) => file.toLowerCase().endsWith(extension.toLowerCase()));
  return hasExtension ? [file] : extensions.map((extension) => file + extension);
}

/** Windows spells it `Path`, and a copied environment is no longer blind to case. */
function environmentValue(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  if (process.platform !== 'win32') return environment[name];
  const spelled = Object.keys(environment).find((key) => key.toUpperCase() === name);
  return spelled === undefined ? undefined : environment[spelled];
}
