import type { Authenticator } from '../access/authenticator.ts';
import type { Authorizer } from '../access/authorizer.ts';
import type { Tokens } from '../access/tokens.ts';
import type { ApiContext } from '../api/api-context.ts';
import type { Faults } from '../faults/faults.ts';
import type { RequestLog } from '../http/request-log.ts';
import type { PodLogs } from '../runtime/pod-logs.ts';
import type { Sandboxes } from '../runtime/sandboxes.ts';
import type { Tunnels } from './tunnels.ts';

/** What answering any request needs to know of the cluster. */
export interface ServerContext extends ApiContext {
  readonly sandboxes: Sandboxes;
  readonly log: RequestLog;
  readonly tunnels: Tunnels;
  readonly authenticator: Authenticator;
  readonly authorizer: Authorizer;
  readonly tokens: Tokens;
  readonly logs: PodLogs;
  readonly faults: Faults;
}
