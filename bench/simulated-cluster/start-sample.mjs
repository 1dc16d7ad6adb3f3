/** Starts a cluster twice in a fresh process and prints how long it took, in milliseconds. */
const began = performance.now();
const { SimulatedCluster } = await import('@kforge/testing');
const imported = performance.now();
const first = await SimulatedCluster.start();
const started = performance.now();
await first.stop();
const again = performance.now();
const second = await SimulatedCluster.start();
const startedAgain = performance.now();
await second.stop();
console.log(
  JSON.stringify({ importMs: imported - began, firstMs: started - imported, secondMs: startedAgain - again }),
);
