import { KubeconfigInvalidError, KubeconfigNotFoundError } from '../../errors/kubeconfig-errors.ts';
import { findKubeconfig } from './find-kubeconfig.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import type { ClientNodeKubeConfig, KubeconfigSource } from './kubeconfig-object.ts';
import { type KubeconfigDocument, mergeKubeconfig } from './merge-kubeconfig.ts';
import { describeFileError, FileTooLargeError, readLimitedFile } from './read-limited-file.ts';

const MAX_FILE_BYTES = 8 * 1024 * 1024;

/**
 * Reads and merges the kubeconfig that a source stands for; files may have up to 8 MiB.
 *
 * @throws {KubeconfigNotFoundError} when a file named for this call is missing, or all files of KUBECONFIG or the home folder are
 * @throws {KubeconfigInvalidError} when one cannot be read or is none
 */
export async function loadKubeconfig(options: {
  readonly source: KubeconfigSource | undefined;
  readonly environment: NodeJS.ProcessEnv;
}): Promise<Kubeconfig> {
  const { source, environment } = options;
  if (isClientNodeKubeConfig(source)) return mergeKubeconfig([{ content: exported(source), file: undefined }]);
  if (typeof source === 'object' && !isPathList(source)) return mergeKubeconfig([{ content: source, file: undefined }]);

  const paths = typeof source === 'string' ? [source] : source;
  const { files, required } = findKubeconfig({ paths, environment });
  const documents = await Promise.all(files.map((file) => readDocument(file)));
  const missing = files.filter((_, index) => documents[index] === undefined);
  if (missing.length === files.length || (required && missing.length > 0)) {
    throw new KubeconfigNotFoundError({ searched: missing });
  }
  return mergeKubeconfig(documents.filter((document) => document !== undefined));
}

/** Whether a source is a `KubeConfig` of client-node, of whatever copy of that package. */
export function isClientNodeKubeConfig(source: KubeconfigSource | undefined): source is ClientNodeKubeConfig {
  if (typeof source !== 'object' || isPathList(source)) return false;
  const { exportConfig, applyToHTTPSOptions } = source as Partial<ClientNodeKubeConfig>;
  return typeof exportConfig === 'function' && typeof applyToHTTPSOptions === 'function';
}

function isPathList(source: KubeconfigSource): source is readonly string[] {
  return Array.isArray(source);
}

function exported(source: ClientNodeKubeConfig): unknown {
  try {
    return JSON.parse(source.exportConfig()) as unknown;
  } catch {
    throw new KubeconfigInvalidError({ message: 'The KubeConfig of client-node cannot be exported; was it loaded?' });
  }
}

async function readDocument(file: string): Promise<KubeconfigDocument | undefined> {
  let text: string;
  try {
    text = (await readLimitedFile({ file, maxBytes: MAX_FILE_BYTES })).toString('utf8');
  } catch (error) {
    const problem = describeFileError(error);
    if (problem === 'does not exist') return undefined;
    const limit = error instanceof FileTooLargeError ? ` (more than ${MAX_FILE_BYTES / 1024 / 1024} MiB)` : '';
    throw new KubeconfigInvalidError({ message: `The kubeconfig ${file} ${problem}${limit}`, file, cause: error });
  }
  const { parseYaml, YamlInvalidError } = await import('../../documents/parse-yaml.ts');
  try {
    return { content: parseYaml({ text, maxBytes: MAX_FILE_BYTES }), file };
  } catch (error) {
    if (!(error instanceof YamlInvalidError)) throw error;
    throw new KubeconfigInvalidError({ message: `The kubeconfig ${file} is wrong: ${error.message}`, file });
  }
}
