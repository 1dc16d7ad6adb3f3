/** Runs a simulated cluster with the pod that the measures use, prints its kubeconfig's path, and ends with its standard input. */
import { echo, SimulatedCluster, sink, source } from '@kforge/testing';

const cluster = await SimulatedCluster.start({ port: Number(process.argv[2] ?? 0) });
const serve = { 7001: echo(), 7002: source(), 7003: sink() };
cluster.addPod({ name: 'podserver', ports: [{ containerPort: 7001 }], serve });
console.log(cluster.kubeconfigPath);
process.stdin.resume();
process.stdin.once('end', () => void cluster.stop());
