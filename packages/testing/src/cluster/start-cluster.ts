import { ListPages } from '../api/list-pages.ts';
import { TypeKnowledge } from '../api/type-knowledge.ts';
import { createCertificateAuthority } from '../certificates/certificate-authority.ts';
import { writeKubeconfigFile } from '../certificates/kubeconfig-file.ts';
import { kubeconfigText } from '../certificates/kubeconfig-text.ts';
import type { Clock } from '../clock/clock.ts';
import { SystemClock } from '../clock/system-clock.ts';
import { runEndpointSliceController } from '../controllers/endpoint-slice-controller.ts';
import { RequestLog } from '../http/request-log.ts';
import { Addresses } from '../objects/addresses.ts';
import { EventRecorder } from '../objects/event-recorder.ts';
import { NameGenerator } from '../objects/name-generator.ts';
import { Sandboxes } from '../runtime/sandboxes.ts';
import { startApi } from '../server/start-api.ts';
import { Tunnels } from '../server/tunnels.ts';
import { ObjectStore } from '../state/object-store.ts';
import { ResourceKinds } from '../state/resource-kinds.ts';
import { ClusterObjects } from './cluster-objects.ts';
import { portForwardSettings, type SimulatedClusterOptions } from './simulated-cluster-options.ts';

/** A cluster that runs, in its parts. */
export interface RunningCluster {
  readonly server: string;
  readonly certificateAuthority: string;
  readonly kubeconfig: string;
  readonly kubeconfigPath: string;
  readonly namespace: string;
  readonly clock: Clock;
  readonly store: ObjectStore;
  readonly sandboxes: Sandboxes;
  readonly objects: ClusterObjects;
  readonly log: RequestLog;
  readonly tunnels: Tunnels;
  /** Aborts when the cluster stops. */
  readonly signal: AbortSignal;
  /** Ends everything: what is under way inside the cluster, then sockets, port and files. */
  readonly stop: () => Promise<void>;
}

/** Starts all parts of a cluster; what has started is stopped again when one fails. */
export async function startCluster(options: SimulatedClusterOptions): Promise<RunningCluster> {
  const { signal, port = 0, contextName = 'simulated', namespace = 'default', tokens, authorize } = options;
  signal?.throwIfAborted();
  const clock = options.clock ?? new SystemClock();
  const store = new ObjectStore({ historyLimit: options.historyLimit ?? 1000, kinds: new ResourceKinds(), clock });
  const sandboxes = new Sandboxes();
  const addresses = new Addresses();
  const objects = new ClusterObjects({ store, sandboxes, addresses, namespace });
  const names = new NameGenerator({ seed: options.seed ?? 1 });
  const [log, tunnels, running] = [new RequestLog(), new Tunnels(), new AbortController()];
  const parts = { store, clock, names, addresses, types: new TypeKnowledge(), pages: new ListPages() };
  const context = { ...parts, sandboxes, log, tunnels, authorize, tokens, portForward: portForwardSettings(options) };

  const opened: AsyncDisposable[] = [];
  const stop = async (): Promise<void> => {
    running.abort();
    const sessions = tunnels.sessions;
    tunnels.drop();
    for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
    await Promise.all(sessions.map((session) => session.closed));
  };
  try {
    const authority = await createCertificateAuthority();
    const admin = { user: 'simulated-admin', groups: ['system:masters'] };
    const [identity, client] = await Promise.all([authority.issueServer(), authority.issueClient(admin)]);
    const api = await startApi({ context, identity, authority: authority.certificate, port });
    opened.push(api);
    const server = `https://127.0.0.1:${api.port}`;
    const certificateAuthority = authority.certificate;
    const kubeconfig = kubeconfigText({ server, authority: certificateAuthority, client, contextName, namespace });
    const file = await writeKubeconfigFile(kubeconfig);
    opened.push(file);
    signal?.throwIfAborted();
    const control = { store, clock, names, events: new EventRecorder({ store, clock }), signal: running.signal };
    runEndpointSliceController(control);
    objects.addBasics();
    const access = { server, certificateAuthority, kubeconfig, kubeconfigPath: file.path, namespace };
    return { ...access, clock, store, sandboxes, objects, log, tunnels, signal: running.signal, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
