import type { RequestListener } from 'node:http';
import { http, type SimulatedCluster } from '@kforge/testing';

const PRODUCTS = [
  { name: 'Anchor', price: 42 },
  { name: 'Compass', price: 27 },
  { name: 'Rope, 30 m', price: 19 },
];

/** What each pod of the shop serves. */
function shopPages(podName: string): RequestListener {
  return (request, response) => {
    if (request.url === '/products') {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ pod: podName, products: PRODUCTS }));
      return;
    }
    const items = PRODUCTS.map(({ name, price }) => `<li>${name} <b>${price} €</b></li>`).join('');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><title>Ship shop</title><body style="font: 18px system-ui; max-width: 30em; margin: 4em auto">` +
        `<h1>⚓ Ship shop</h1><ul>${items}</ul><p>Served by pod <code>${podName}</code></p></body>\n`,
    );
  };
}

/** A shop of three pods behind a service, in a cluster that lives in this process. */
export function openShop(cluster: SimulatedCluster): void {
  for (const name of ['shop-0', 'shop-1', 'shop-2']) {
    cluster.addPod({
      name,
      labels: { app: 'shop' },
      ports: [{ name: 'http', containerPort: 8080 }],
      serve: { 8080: http(shopPages(name)) },
    });
  }
  cluster.addService({
    name: 'shop',
    selector: { app: 'shop' },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  });
}
