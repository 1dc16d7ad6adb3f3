import { builtInKind } from '../state/built-in-kinds.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ObjectKey, ObjectStore } from '../state/object-store.ts';
import type { IssuedToken, Tokens } from './tokens.ts';
import { serviceAccountUser } from './user.ts';

/** Whom a token is for when it is meant for the API server itself. */
export const API_AUDIENCE = 'https://kubernetes.default.svc';

const SERVICE_ACCOUNT = builtInKind('ServiceAccount');

/**
 * Issues a token for a service account. It counts as long as the service account, and the object that it is bound to, exist.
 *
 * @throws RangeError for a lifetime that is no time.
 */
export function issueServiceAccountToken(options: {
  readonly store: Pick<ObjectStore, 'get'>;
  readonly tokens: Tokens;
  readonly account: KubernetesObject;
  readonly lifetimeMs: number;
  /** Ends with it. @default nothing */
  readonly boundTo?: { readonly key: ObjectKey; readonly uid: string } | undefined;
}): IssuedToken {
  const { store, tokens, account, lifetimeMs, boundTo } = options;
  const { name, namespace = '', uid } = account.metadata;
  const exists = (key: ObjectKey, itsUid: string): boolean => store.get(key)?.metadata.uid === itsUid;
  const { name: user, groups } = serviceAccountUser({ namespace, name });
  return tokens.issue({
    user,
    groups,
    uid,
    lifetimeMs,
    isValid: () =>
      exists({ kind: SERVICE_ACCOUNT, namespace, name }, uid) && (!boundTo || exists(boundTo.key, boundTo.uid)),
  });
}
