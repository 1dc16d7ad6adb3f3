import { PortConflictError, type PortForward, PortForwardManager } from '@kforge/core';
import { SimulatedCluster } from '@kforge/testing';
import { openShop } from './shop.ts';
import { showLive } from './show-live.ts';

/**
 * `npm run demo`: a port of a cluster on localhost, without any cluster. With `--once`, or where there is no terminal, it fetches what a
 * browser would and ends.
 */
async function main(): Promise<void> {
  const once = process.argv.includes('--once') || !process.stdout.isTTY;
  const cluster = await SimulatedCluster.start();
  const manager = new PortForwardManager({ kubeConfig: cluster.kubeconfigPath });
  try {
    openShop(cluster);
    const forward = await forwardShop(manager);
    console.log(`svc/shop of a simulated cluster is on http://localhost:${forward.localPort} (pod ${forward.podName})`);
    if (once) await visit(forward);
    else await showLive(forward);
  } finally {
    await manager.dispose();
    await cluster.stop();
  }
}

/** On port 8080, or on the one that is suggested when another program has it. */
async function forwardShop(manager: PortForwardManager): Promise<PortForward> {
  const shop = { target: 'svc/shop', remotePort: 80 };
  try {
    return await manager.startForward({ ...shop, localPort: 8080 });
  } catch (error) {
    if (!(error instanceof PortConflictError) || error.suggestedPort === undefined) throw error;
    console.log(error.message);
    return await manager.startForward({ ...shop, localPort: error.suggestedPort });
  }
}

async function visit(forward: PortForward): Promise<void> {
  const url = `http://localhost:${forward.localPort}`;
  for (const path of ['/', '/products']) {
    const answer = await fetch(url + path, { headers: { connection: 'close' } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
    console.log(`GET ${path} → ${answer.status}, ${text.length} characters: ${text.slice(0, 60).trim()}…`);
  }
  const { totalConnections, bytesReceived, bytesSent } = forward.traffic;
  console.log(`${totalConnections} connections, ${bytesSent} bytes to the pod, ${bytesReceived} bytes back: it works.`);
}

await main();
