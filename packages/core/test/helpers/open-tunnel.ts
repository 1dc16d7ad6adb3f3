import { type PodHandler, SimulatedCluster } from '@kforge/testing';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import { CleanupStack } from '../../src/lifecycle/cleanup-stack.ts';
import type { Carrier } from '../../src/model/forward-info.ts';
import { CarrierMemory } from '../../src/transport/carriers/carrier-memory.ts';
import { dialTunnel } from '../../src/transport/dial-tunnel.ts';
import { FlushQueue } from '../../src/transport/flush-queue.ts';
import type { Tunnel } from '../../src/transport/tunnel.ts';

/** Which carriers a server must offer so that a dial ends with the one that is wanted. */
const OFFERS: Readonly<Record<Carrier, { tunnel: boolean; spdy: boolean; legacy: boolean }>> = {
  'websocket-tunnel': { tunnel: true, spdy: true, legacy: true },
  spdy: { tunnel: false, spdy: true, legacy: true },
  'legacy-websocket': { tunnel: false, spdy: false, legacy: true },
};

/** A pod whose ports are functions, and a way to open tunnels to it. */
export interface TunnelFixture extends AsyncDisposable {
  readonly cluster: SimulatedCluster;
  dial(port: number): Promise<Tunnel>;
}

/** Starts a simulated cluster that leaves a dial no choice but the given carrier. */
export async function startTunnelFixture(options: {
  readonly carrier: Carrier;
  readonly serve: Readonly<Record<number, PodHandler>>;
}): Promise<TunnelFixture> {
  const cleanup = new CleanupStack();
  const simulated = await SimulatedCluster.start({ portForward: OFFERS[options.carrier] });
  cleanup.defer(() => simulated.stop());
  simulated.addPod({ name: 'server', serve: options.serve });
  const cluster = await openCluster({ kubeconfig: simulated.kubeconfigPath });
  cleanup.defer(() => cluster.close());
  const carriers = new CarrierMemory();
  const flushQueue = new FlushQueue();
  return {
    cluster: simulated,
    dial: async (port) => {
      const tunnel = await dialTunnel({ cluster, namespace: 'default', podName: 'server', port, carriers, flushQueue });
      cleanup.defer(() => tunnel.close());
      return tunnel;
    },
    [Symbol.asyncDispose]: () => cleanup.run(),
  };
}
