import type { Authorize } from '../access/require-access.ts';
import type { Sandboxes } from '../runtime/sandboxes.ts';
import type { ObjectStore } from '../state/object-store.ts';
import type { RequestLog } from './request-log.ts';
import type { Tunnels } from './tunnels.ts';

/** What answering a request needs to know of the cluster. */
export interface ApiContext {
  readonly store: ObjectStore;
  readonly sandboxes: Sandboxes;
  readonly log: RequestLog;
  readonly tunnels: Tunnels;
  readonly authorize: Authorize | undefined;
  /** The accepted bearer tokens; `undefined` accepts clients without credentials. */
  readonly tokens: readonly string[] | undefined;
}
