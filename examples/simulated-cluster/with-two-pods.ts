import { http, SimulatedCluster } from '@kforge/testing';

export async function withTwoPods<T>(work: (kubeconfigPath: string) => Promise<T>): Promise<T> {
  await using cluster = await SimulatedCluster.start();
  for (const name of ['web-0', 'web-1']) {
    cluster.addPod({
      name,
      labels: { app: 'web' },
      ports: [{ name: 'http', containerPort: 8080 }],
      serve: { 8080: http((_request, response) => void response.end(`hello from ${name}`)) },
    });
  }
  cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] });
  return await work(cluster.kubeconfigPath); // for kubectl, client-node, kforge
}
