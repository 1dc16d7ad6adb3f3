import { fieldsOf } from '../fields.ts';
import type { FieldReader } from './field-reader.ts';
import type { PluginEntry } from './kubeconfig.ts';

const GROUP = 'client.authentication.k8s.io';

/**
 * Reads `exec` of a user.
 *
 * @throws {KubeconfigInvalidError} naming the file and the field
 */
export function readPluginEntry(user: FieldReader): PluginEntry | undefined {
  const reader = user.nested('exec');
  if (reader === undefined) return undefined;
  return {
    command: reader.requiredText('command'),
    apiVersion: readApiVersion(reader),
    folder: reader.folder,
    args: reader.texts('args'),
    env: readEnv(reader),
    installHint: reader.text('installHint'),
    provideClusterInfo: reader.flag('provideClusterInfo'),
    interactiveMode: readInteractiveMode(reader),
  };
}

function readApiVersion(reader: FieldReader): PluginEntry['apiVersion'] {
  const version = reader.requiredText('apiVersion');
  if (version === `${GROUP}/v1` || version === `${GROUP}/v1beta1`) return version;
  throw reader.invalid(
    'apiVersion',
    version === `${GROUP}/v1alpha1`
      ? `is v1alpha1, which Kubernetes dropped in 1.24: update the tool that wrote this entry, or try ${GROUP}/v1beta1`
      : `must be ${GROUP}/v1 or ${GROUP}/v1beta1`,
  );
}

function readEnv(reader: FieldReader): Readonly<Record<string, string>> {
  return Object.fromEntries(
    reader.list('env').map((item) => {
      const { name, value = '' } = fieldsOf(item);
      if (typeof name !== 'string' || name === '' || name.includes('=')) {
        throw reader.invalid('env', 'holds an entry without a proper name');
      }
      const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
      if (typeof text !== 'string' || `${name}${text}`.includes('\0')) {
        throw reader.invalid('env', 'holds a value that is no text');
      }
      return [name, text];
    }),
  );
}

function readInteractiveMode(reader: FieldReader): PluginEntry['interactiveMode'] {
  const mode = reader.text('interactiveMode') ?? 'IfAvailable';
  if (mode === 'Never' || mode === 'IfAvailable' || mode === 'Always') return mode;
  throw reader.invalid('interactiveMode', 'must be Never, IfAvailable or Always');
}
