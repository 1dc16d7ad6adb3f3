import { echo, type PodHandler, SimulatedCluster, type SimulatedClusterOptions } from '@kforge/testing';
import { CleanupStack } from '../../src/lifecycle/cleanup-stack.ts';
import type { PortForwardManagerOptions } from '../../src/manager/manager-options.ts';
import { PortForwardManager } from '../../src/manager/port-forward-manager.ts';

/** A simulated cluster with the pod `web-0` (an echo on port 7001), and a manager that knows it. */
export interface ManagerFixture extends AsyncDisposable {
  readonly cluster: SimulatedCluster;
  readonly manager: PortForwardManager;
}

export async function startManager(
  options: {
    readonly cluster?: SimulatedClusterOptions;
    readonly manager?: PortForwardManagerOptions;
    readonly serve?: Readonly<Record<number, PodHandler>>;
  } = {},
): Promise<ManagerFixture> {
  const cleanup = new CleanupStack();
  const cluster = await SimulatedCluster.start(options.cluster);
  cleanup.defer(() => cluster.stop());
  cluster.addPod({
    name: 'web-0',
    labels: { app: 'web' },
    ports: [{ name: 'echo', containerPort: 7001 }],
    serve: { 7001: echo(), ...options.serve },
  });
  const manager = new PortForwardManager({ kubeConfig: cluster.kubeconfigPath, ...options.manager });
  cleanup.defer(() => manager.dispose());
  return { cluster, manager, [Symbol.asyncDispose]: () => cleanup.run() };
}
