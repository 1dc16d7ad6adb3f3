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
  /** The namespace of the object; for a namespace itself, its own name. */
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** Decides whether a user may do something; `false` becomes a 403. */
export type Authorize = (attempt: AccessAttempt) => boolean;

/** What somebody wants to do with a resource. */
export type ResourceAttempt = Omit<AccessAttempt, 'user' | 'groups'>;

/** What somebody wants to do with a path that leads to no resource, such as `/healthz`. */
export interface PathAttempt {
  /** The HTTP method in small letters. */
  readonly verb: string;
  /** Begins with a slash. */
  readonly path: string;
}

/** Whether somebody may do something, and why. */
export interface AccessDecision {
  readonly allowed: boolean;
  /** Such as `RBAC: allowed by RoleBinding "a/default" of Role "b" to User "c"`; empty when there is nothing to say. */
  readonly reason: string;
}
