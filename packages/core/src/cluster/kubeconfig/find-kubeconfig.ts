import { homedir } from 'node:os';
import path from 'node:path';

/** The kubeconfig files to merge. */
export interface KubeconfigFiles {
  /** Absolute paths, the first counts most. */
  readonly files: readonly string[];
  /** Whether a missing file is an error, because it was named for this call, or is passed over, as those of KUBECONFIG are. */
  readonly required: boolean;
}

/** Where kubectl would look: the paths given, else the list in KUBECONFIG, else `.kube/config` in the home folder. */
export function findKubeconfig(options: {
  readonly paths?: readonly string[] | undefined;
  readonly environment: NodeJS.ProcessEnv;
}): KubeconfigFiles {
  const { paths, environment } = options;
  if (paths) return { files: absolute(paths), required: true };
  const listed = (environment.KUBECONFIG ?? '').split(path.delimiter).filter((file) => file !== '');
  if (listed.length > 0) return { files: absolute(listed), required: false };
  return { files: [path.join(homeFolder(environment), '.kube', 'config')], required: false };
}

function absolute(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((file) => path.resolve(file)))];
}

function homeFolder(environment: NodeJS.ProcessEnv): string {
  if (environment.HOME) return environment.HOME;
  if (process.platform === 'win32') {
    const { HOMEDRIVE, HOMEPATH, USERPROFILE } = environment;
    if (USERPROFILE) return USERPROFILE;
    if (HOMEDRIVE && HOMEPATH) return HOMEDRIVE + HOMEPATH;
  }
  return homedir();
}
