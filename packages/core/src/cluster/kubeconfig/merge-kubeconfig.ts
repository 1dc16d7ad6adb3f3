import { KubeconfigInvalidError } from '../../errors/kubeconfig-errors.ts';
import { isRecord } from '../fields.ts';
import type { Kubeconfig, KubeconfigEntry } from './kubeconfig.ts';

/** One kubeconfig as it was parsed, unchecked. */
export interface KubeconfigDocument {
  readonly content: unknown;
  /** `undefined` for one given as an object. */
  readonly file: string | undefined;
}

/**
 * Merges kubeconfigs as kubectl does: the first entry of a name counts, and the first file that names a current context.
 *
 * @throws {KubeconfigInvalidError} when a document or one of its lists does not have the shape of a kubeconfig
 */
export function mergeKubeconfig(documents: readonly KubeconfigDocument[]): Kubeconfig {
  const read = documents.map(readDocument);
  return {
    currentContext: read.find((each) => each.currentContext !== '')?.currentContext ?? '',
    clusters: firstOfEachName(read.map((each) => each.clusters)),
    contexts: firstOfEachName(read.map((each) => each.contexts)),
    users: firstOfEachName(read.map((each) => each.users)),
  };
}

function firstOfEachName(maps: readonly ReadonlyMap<string, KubeconfigEntry>[]): ReadonlyMap<string, KubeconfigEntry> {
  const merged = new Map<string, KubeconfigEntry>();
  for (const entry of maps.flatMap((map) => [...map.values()])) {
    if (!merged.has(entry.name)) merged.set(entry.name, entry);
  }
  return merged;
}

function readDocument(document: KubeconfigDocument): Kubeconfig {
  const { content, file } = document;
  if (content === null || content === undefined) {
    return { currentContext: '', clusters: new Map(), contexts: new Map(), users: new Map() };
  }
  if (!isRecord(content)) throw invalid(file, 'is no kubeconfig: it holds no fields');
  const kind = content.kind;
  if (kind !== undefined && kind !== '' && kind !== 'Config') {
    throw invalid(file, 'is no kubeconfig: its kind is not Config');
  }
  const current = content['current-context'] ?? '';
  if (typeof current !== 'string' && typeof current !== 'number') {
    throw invalid(file, 'has a current-context that is no text');
  }
  return {
    currentContext: String(current),
    clusters: readEntries({ document: content, list: 'clusters', body: 'cluster', file }),
    contexts: readEntries({ document: content, list: 'contexts', body: 'context', file }),
    users: readEntries({ document: content, list: 'users', body: 'user', file }),
  };
}

function readEntries(options: {
  readonly document: Readonly<Record<string, unknown>>;
  readonly list: string;
  readonly body: string;
  readonly file: string | undefined;
}): ReadonlyMap<string, KubeconfigEntry> {
  const { document, list, body, file } = options;
  const items = document[list] ?? [];
  if (!Array.isArray(items)) throw invalid(file, `has a field "${list}" that is no list`);
  const entries = new Map<string, KubeconfigEntry>();
  for (const [index, item] of (items as readonly unknown[]).entries()) {
    if (!isRecord(item)) throw invalid(file, `has an entry ${list}[${index}] without fields`);
    const name = item.name;
    if ((typeof name !== 'string' && typeof name !== 'number') || name === '') {
      throw invalid(file, `has an entry ${list}[${index}] without a name`);
    }
    const fields = item[body] ?? {};
    if (!isRecord(fields)) throw invalid(file, `has an entry ${list}[${index}] whose "${body}" has no fields`);
    if (entries.has(String(name))) throw invalid(file, `names "${name}" twice in ${list}`);
    entries.set(String(name), { name: String(name), fields, file });
  }
  return entries;
}

function invalid(file: string | undefined, problem: string): KubeconfigInvalidError {
  const subject = file === undefined ? 'The kubeconfig' : `The kubeconfig ${file}`;
  return new KubeconfigInvalidError({ message: `${subject} ${problem}`, ...(file === undefined ? {} : { file }) });
}
