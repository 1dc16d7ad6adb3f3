import { download } from '../clients/download.ts';
import { connectAndEcho } from '../clients/echo.ts';
import { expectedAnswer, upload } from '../clients/upload.ts';
import { kubectlForwarder } from '../forwarders/kubectl.ts';
import { startForwarder } from '../forwarders/start-forwarder.ts';
import { podPorts } from '../measures/measure.ts';
import { createBenchPod } from '../pod.ts';
import { median } from '../statistics.ts';
import type { MeasureContext } from './measure-context.ts';
import type { SimulatedFigure } from './run.ts';
import { startServer } from './start-server.ts';

const ROUNDS = 5;
const MEBIBYTES = 256;
const WARM_UP_MEBIBYTES = 8;
const LIMIT = 0.8;

interface Place {
  readonly context: string;
  readonly namespace: string;
  readonly pod: string;
  readonly kubeconfig?: string;
}

/** `kubectl port-forward`, one connection down and up: through the real cluster and the simulated one in turn. */
export async function compareThroughput({ kubectl, context }: MeasureContext): Promise<readonly SimulatedFigure[]> {
  const signal = new AbortController().signal;
  const image = process.env.KFORGE_BENCH_IMAGE || 'kforge.test/podserver:1';
  const pod = await createBenchPod({ kubectl, context, image, signal });
  const server = await startServer();
  const answer = expectedAnswer(MEBIBYTES);
  const warmUpAnswer = expectedAnswer(WARM_UP_MEBIBYTES);
  const measure = async (place: Place): Promise<{ down: number; up: number }> => {
    const ports = [podPorts.echo, podPorts.source, podPorts.sink];
    const forwarder = await startForwarder({
      forwarder: kubectlForwarder(kubectl),
      ...place,
      remotePorts: ports,
      signal,
    });
    try {
      await connectAndEcho(forwarder.port(podPorts.echo));
      const [source, sink] = [forwarder.port(podPorts.source), forwarder.port(podPorts.sink)];
      await download(source, WARM_UP_MEBIBYTES * 1024 * 1024);
      await upload(sink, WARM_UP_MEBIBYTES, warmUpAnswer);
      const down = await rateOf(() => download(source, MEBIBYTES * 1024 * 1024));
      return { down, up: await rateOf(() => upload(sink, MEBIBYTES, answer)) };
    } finally {
      await forwarder.stop();
    }
  };
  try {
    const real: { down: number; up: number }[] = [];
    const simulated: typeof real = [];
    const there = { context: 'simulated', namespace: 'default', pod: 'podserver', kubeconfig: server.kubeconfigPath };
    for (let round = 0; round < ROUNDS; round += 1) {
      real.push(await measure({ context, namespace: pod.namespace, pod: pod.name }));
      simulated.push(await measure(there));
    }
    return (['down', 'up'] as const).map((direction) => {
      const [is, of] = [simulated, real].map((rates) => median(rates.map((rate) => rate[direction])));
      const ratio = (is ?? Number.NaN) / (of ?? Number.NaN);
      return {
        label: `kubectl port-forward ${direction}, to the real cluster`,
        value: `${ratio.toFixed(2)} × (${is?.toFixed(0)} / ${of?.toFixed(0)} MiB/s)`,
        limit: `≥ ${LIMIT} ×`,
        isWithin: ratio >= LIMIT,
      };
    });
  } finally {
    await server[Symbol.asyncDispose]();
    await pod.remove();
  }
}

/** MiB a second. */
async function rateOf(move: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await move();
  return MEBIBYTES / ((performance.now() - began) / 1000);
}
