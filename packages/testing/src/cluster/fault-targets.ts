import type { FaultTargets } from '../faults/schedule/fault-targets.ts';
import type { Runtime } from '../runtime/start-runtime.ts';
import type { Tunnels } from '../server/tunnels.ts';
import { builtInKind } from '../state/built-in-kinds.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** What a schedule of faults may touch in a cluster. */
export function faultTargets(options: {
  readonly store: ObjectStore;
  readonly runtime: Pick<Runtime, 'deletePod'>;
  readonly tunnels: Tunnels;
  readonly restartServer: (options: { readonly downMs: number }) => Promise<void>;
}): FaultTargets {
  const { store, runtime, tunnels, restartServer } = options;
  const pods = () => store.list({ kind: builtInKind('Pod') });
  return {
    tunnels: () => tunnels.sessions,
    pods: () => pods().map(({ metadata: { name, namespace = '' } }) => ({ name, namespace })),
    deletePod: (pod) => runtime.deletePod(pod),
    restartServer,
  };
}
