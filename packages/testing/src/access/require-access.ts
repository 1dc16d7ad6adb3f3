import { forbidden } from '../errors/refusals.ts';
import type { User } from './identify-user.ts';

/** One thing that a user wants to do with a resource. */
export interface AccessAttempt {
  readonly user: string;
  readonly groups: readonly string[];
  /** A verb of RBAC, such as `get`. A port forward over a WebSocket is a `get`, over SPDY a `create`. */
  readonly verb: string;
  /** The API group; empty for the core group. */
  readonly group: string;
  /** The plural name of the resource, such as `pods`. */
  readonly resource: string;
  /** Such as `portforward`. */
  readonly subresource: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** Decides whether a user may do something; `false` becomes a 403. */
export type Authorize = (attempt: AccessAttempt) => boolean;

/** @throws StatusError 403 when the rule says no. */
export function requireAccess(options: {
  readonly authorize: Authorize | undefined;
  readonly user: User;
  readonly attempt: Omit<AccessAttempt, 'user' | 'groups'>;
}): void {
  const { authorize, user } = options;
  const attempt: AccessAttempt = { ...options.attempt, user: user.name, groups: user.groups };
  if (authorize && !authorize(attempt)) throw forbidden(attempt);
}
