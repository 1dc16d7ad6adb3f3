/** Adds 5,000 pods in a fresh process and prints its resident memory before and after, in MiB. Plain JavaScript: stripping types takes memory, too. */
import { readFile } from 'node:fs/promises';
import { SimulatedCluster } from '@kforge/testing';

const PODS = 5000;

async function residentMebibytes() {
  globalThis.gc?.();
  const status = await readFile('/proc/self/status', 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

const cluster = await SimulatedCluster.start();
const before = await residentMebibytes();
cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80 }] });
const began = performance.now();
for (let index = 0; index < PODS; index += 1) {
  const ports = [{ name: 'http', containerPort: 8080 }];
  cluster.addPod({ name: `web-${index}`, labels: { app: 'web', index: String(index) }, ports });
}
const addedMs = performance.now() - began;
const after = await residentMebibytes();
console.log(JSON.stringify({ before, after, addedMs }));
await cluster.stop();
