import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** How a run of kforge ended. */
export interface KforgeResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built kforge to its end, as a user would. */
export async function kforge(...args: string[]): Promise<KforgeResult> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [main, ...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as KforgeResult;
    return { code, stdout, stderr };
  }
}
