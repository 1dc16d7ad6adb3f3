import type { Authorize } from '../access/require-access.ts';
import type { ApiContext } from '../api/api-context.ts';
import type { RequestLog } from '../http/request-log.ts';
import type { Sandboxes } from '../runtime/sandboxes.ts';
import type { Tunnels } from './tunnels.ts';

/** What answering any request needs to know of the cluster. */
export interface ServerContext extends ApiContext {
  readonly sandboxes: Sandboxes;
  readonly log: RequestLog;
  readonly tunnels: Tunnels;
  readonly authorize: Authorize | undefined;
  /** The accepted bearer tokens; `undefined` accepts clients without credentials. */
  readonly tokens: readonly string[] | undefined;
}
