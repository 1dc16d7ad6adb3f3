/** Whom the server takes a client for. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
  readonly uid?: string | undefined;
  /** What else is known of the user, as `kubectl auth whoami` shows it. */
  readonly extra?: Readonly<Record<string, readonly string[]>> | undefined;
  /** No rule is asked: a client without credentials, in a cluster that asks nobody for any. @default false */
  readonly isUnrestricted?: boolean | undefined;
}

/** The name of a client that shows no credentials. */
export const ANONYMOUS_NAME = 'system:anonymous';
/** The group of everybody whom the server knows. */
export const AUTHENTICATED = 'system:authenticated';
/** The group of everybody else. */
export const UNAUTHENTICATED = 'system:unauthenticated';
/** The group that may do everything, whatever the roles say. */
export const MASTERS = 'system:masters';
/** Under this key `extra` says which credential it was. */
export const CREDENTIAL_ID = 'authentication.kubernetes.io/credential-id';

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;

/** The user that stands for a service account. */
export function serviceAccountUser({ namespace, name }: { readonly namespace: string; readonly name: string }): User {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  return { name: `system:serviceaccount:${namespace}:${name}`, groups };
}

/** The service account that a user name stands for, if it has the form of one. */
export function serviceAccountOf(userName: string): { namespace: string; name: string } | undefined {
  const [, namespace, name] = SERVICE_ACCOUNT.exec(userName) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
