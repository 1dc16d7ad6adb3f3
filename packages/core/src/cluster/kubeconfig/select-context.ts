import { ContextNotFoundError, KubeconfigInvalidError } from '../../errors/kubeconfig-errors.ts';
import { namespaceProblem } from '../validate-name.ts';
import { FieldReader } from './field-reader.ts';
import type { ContextEntry, Kubeconfig, KubeconfigEntry } from './kubeconfig.ts';
import { readClusterEntry } from './read-cluster-entry.ts';
import { readUserEntry } from './read-user-entry.ts';

/**
 * Looks up a context and all that it refers to. Only what it refers to is validated: a broken entry beside it does no harm.
 *
 * @throws {ContextNotFoundError} when there is no such context, or none was named and none is current
 * @throws {KubeconfigInvalidError} when an entry is missing or wrong
 */
export function selectContext(options: {
  readonly kubeconfig: Kubeconfig;
  /** @default the current context */
  readonly context?: string | undefined;
}): ContextEntry {
  const { kubeconfig } = options;
  const name = options.context ?? kubeconfig.currentContext;
  const entry = kubeconfig.contexts.get(name);
  if (entry === undefined) {
    throw new ContextNotFoundError({ context: name, available: [...kubeconfig.contexts.keys()] });
  }

  const reader = new FieldReader({ entry, where: `contexts[${JSON.stringify(name)}].context` });
  const namespace = reader.text('namespace') ?? 'default';
  const problem = namespaceProblem(namespace);
  if (problem !== undefined) throw reader.invalid('namespace', `is wrong. ${problem}`);
  const userName = reader.text('user');
  return {
    name,
    namespace,
    cluster: readClusterEntry(lookUp(kubeconfig.clusters, reader.requiredText('cluster'), 'cluster', entry)),
    user: userName === undefined ? undefined : readUserEntry(lookUp(kubeconfig.users, userName, 'user', entry)),
  };
}

function lookUp(
  entries: ReadonlyMap<string, KubeconfigEntry>,
  name: string,
  what: string,
  context: KubeconfigEntry,
): KubeconfigEntry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const existing = [...entries.keys()].join(', ');
  throw new KubeconfigInvalidError({
    message: `The context "${context.name}" names the ${what} "${name}", which the kubeconfig does not have`,
    hint: existing === '' ? `It has no ${what}s at all.` : `It has: ${existing}`,
    ...(context.file === undefined ? {} : { file: context.file }),
  });
}
