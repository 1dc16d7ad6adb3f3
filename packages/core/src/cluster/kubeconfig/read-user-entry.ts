import { FieldReader } from './field-reader.ts';
import type { Impersonation, KubeconfigEntry, UserEntry } from './kubeconfig.ts';
import { readPluginEntry } from './read-plugin-entry.ts';

/**
 * Reads one entry of `users`, with kubectl's rules on what goes together.
 *
 * @throws {KubeconfigInvalidError} naming the file and the field
 */
export function readUserEntry(entry: KubeconfigEntry): UserEntry {
  const reader = new FieldReader({ entry, where: `users[${JSON.stringify(entry.name)}].user` });
  const user: UserEntry = {
    name: entry.name,
    token: readToken(reader),
    tokenFile: reader.file('tokenFile'),
    basic: readBasic(reader),
    clientCertificate: readClientCertificate(reader),
    plugin: readPluginEntry(reader),
    authProvider: readAuthProvider(reader),
    impersonation: readImpersonation(reader),
  };
  if (user.basic && (user.token ?? user.tokenFile) !== undefined) {
    throw reader.invalid('username', 'stands beside a token; only one of the two can be used');
  }
  if (user.plugin && user.authProvider) throw reader.invalid('auth-provider', 'cannot be combined with exec');
  return user;
}

function readToken(reader: FieldReader): string | undefined {
  const token = reader.text('token')?.trim();
  if (token !== undefined && !isHeaderText(token)) throw reader.invalid('token', 'has characters that no token has');
  return token;
}

/** Whether a text may stand in an HTTP header: printable ASCII. */
export function isHeaderText(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text);
}

function readBasic(reader: FieldReader): UserEntry['basic'] {
  const username = reader.text('username');
  const password = reader.text('password');
  if (username === undefined && password === undefined) return undefined;
  return { username: username ?? '', password: password ?? '' };
}

function readClientCertificate(reader: FieldReader): UserEntry['clientCertificate'] {
  const certificate = reader.material('client-certificate');
  const key = reader.material('client-key');
  if (certificate === undefined) return undefined;
  if (key === undefined) throw reader.invalid('client-key', 'is missing: a client certificate needs its key');
  return { certificate, key };
}

function readAuthProvider(reader: FieldReader): UserEntry['authProvider'] {
  const provider = reader.nested('auth-provider');
  if (provider === undefined) return undefined;
  return { name: provider.requiredText('name'), config: provider.record('config') ?? {} };
}

function readImpersonation(reader: FieldReader): Impersonation | undefined {
  const user = reader.text('as');
  const uid = reader.text('as-uid');
  const groups = reader.texts('as-groups');
  const extraReader = reader.nested('as-user-extra');
  const extra = Object.fromEntries(
    Object.keys(reader.record('as-user-extra') ?? {}).map((key) => [key, extraReader?.texts(key) ?? []]),
  );
  if (user === undefined) {
    if (uid !== undefined || groups.length > 0 || Object.keys(extra).length > 0) {
      throw reader.invalid('as', 'is missing: as-uid, as-groups and as-user-extra need it');
    }
    return undefined;
  }
  if (![user, ...(uid === undefined ? [] : [uid]), ...groups, ...Object.values(extra).flat()].every(isHeaderText)) {
    throw reader.invalid('as', 'or one of its companions has characters that no HTTP header may have');
  }
  return { user, uid, groups, extra };
}
