import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A kubeconfig on disk, for programs that want a path. */
export interface KubeconfigFile extends AsyncDisposable {
  readonly path: string;
}

/** Writes a kubeconfig that only this user can read, in a temporary folder of its own; disposing removes both. */
export async function writeKubeconfigFile(text: string): Promise<KubeconfigFile> {
  // mkdtemp makes the folder with mode 0700.
  const folder = await mkdtemp(path.join(tmpdir(), 'simulated-cluster-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const file = path.join(folder, 'kubeconfig');
    await writeFile(file, text, { mode: 0o600 });
    return { path: file, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
