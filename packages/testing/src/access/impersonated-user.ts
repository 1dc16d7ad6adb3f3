import { StatusError } from '../errors/status-error.ts';
import type { ResourceAttempt } from './access-attempt.ts';
import type { Credentials } from './authenticator.ts';
import type { Authorizer } from './authorizer.ts';
import {
  ANONYMOUS_NAME,
  AUTHENTICATED,
  serviceAccountOf,
  serviceAccountUser,
  UNAUTHENTICATED,
  type User,
} from './user.ts';

const EXTRA = 'impersonate-extra-';

/** Whom a request wants to act as. */
interface Impersonation {
  readonly user: string;
  readonly groups: readonly string[];
  readonly uid: string;
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/**
 * Whom the headers `Impersonate-User`, `-Group`, `-Uid` and `-Extra-KEY` name, as `kubectl --as` sends them; `undefined` without them. The
 * sender needs the verb `impersonate` for each of user, groups, uid and extra values.
 *
 * @throws StatusError 403 when the sender may not act as that user, 500 for groups, an uid or extra values without a user.
 */
export function impersonatedUser(options: {
  readonly request: Pick<Credentials, 'headersDistinct' | 'url'>;
  readonly user: User;
  readonly authorizer: Authorizer;
}): User | undefined {
  const { request, user: sender, authorizer } = options;
  const wanted = readHeaders(request.headersDistinct);
  if (!wanted) return undefined;
  if (wanted.user === '') throw withoutUser(request.url ?? '/');
  for (const attempt of attemptsFor(wanted)) authorizer.require(sender, { ...attempt, verb: 'impersonate' });
  const { user: name, uid, extra } = wanted;
  return {
    name,
    groups: groupsOf(wanted),
    ...(uid !== '' && { uid }),
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

function readHeaders(headers: Credentials['headersDistinct']): Impersonation | undefined {
  const user = headers['impersonate-user']?.[0] ?? '';
  const groups = headers['impersonate-group'] ?? [];
  const uid = headers['impersonate-uid']?.[0] ?? '';
  const extra = Object.entries(headers).flatMap(([header, values]) =>
    header.startsWith(EXTRA) && values ? [[decodeKey(header.slice(EXTRA.length)), values] as const] : [],
  );
  if (user === '' && groups.length === 0 && uid === '' && extra.length === 0) return undefined;
  return { user, groups, uid, extra: Object.fromEntries(extra) };
}

/** A key may be percent-encoded; one that is not is taken as it is. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch (error) {
    if (error instanceof URIError) return key;
    throw error;
  }
}

const CORE = { group: '', subresource: undefined, namespace: undefined };
const AUTHENTICATION = { ...CORE, group: 'authentication.k8s.io' };

function attemptsFor({ user, groups, uid, extra }: Impersonation): readonly Omit<ResourceAttempt, 'verb'>[] {
  const account = serviceAccountOf(user);
  return [
    account ? { ...CORE, resource: 'serviceaccounts', ...account } : { ...CORE, resource: 'users', name: user },
    ...groups.map((name) => ({ ...CORE, resource: 'groups', name })),
    ...Object.entries(extra).flatMap(([subresource, values]) =>
      values.map((name) => ({ ...AUTHENTICATION, resource: 'userextras', subresource, name })),
    ),
    ...(uid === '' ? [] : [{ ...AUTHENTICATION, resource: 'uids', name: uid }]),
  ];
}

function groupsOf({ user, groups }: Impersonation): readonly string[] {
  const account = serviceAccountOf(user);
  const own = groups.length === 0 && account ? serviceAccountUser(account).groups : groups;
  if (own.includes(AUTHENTICATED) || own.includes(UNAUTHENTICATED)) return own;
  return [...own, user === ANONYMOUS_NAME ? UNAUTHENTICATED : AUTHENTICATED];
}

function withoutUser(url: string): StatusError {
  const message = `Internal Server Error: ${JSON.stringify(url)}: requested groups, uid or extra values without impersonating a user`;
  return new StatusError({ code: 500, reason: 'InternalError', message });
}
