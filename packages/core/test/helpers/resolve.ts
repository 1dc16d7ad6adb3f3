import { parseTarget } from '../../src/cluster/parse-target.ts';
import { type ResolveTargetOptions, resolveTarget } from '../../src/cluster/resolve-target.ts';
import type { RemotePort, ResolvedTarget } from '../../src/model/target.ts';
import type { ObjectServer } from './object-server.ts';

/** Resolves a target of the namespace `shop`, written as kubectl does (a selector has a `=`), without waiting unless told to. */
export function resolve(
  server: ObjectServer,
  target: string,
  ports: readonly RemotePort[] = [80],
  more: Partial<ResolveTargetOptions> = {},
): Promise<ResolvedTarget> {
  return resolveTarget({
    cluster: server.cluster,
    namespace: 'shop',
    target: target.includes('=') ? { kind: 'selector', selector: target } : parseTarget(target),
    ports,
    podRunningTimeoutMs: 0,
    ...more,
  });
}
