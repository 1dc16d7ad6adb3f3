import { Authenticator } from '../access/authenticator.ts';
import { Authorizer } from '../access/authorizer.ts';
import { issueListedTokens } from '../access/issue-listed-tokens.ts';
import { Tokens } from '../access/tokens.ts';
import { MASTERS } from '../access/user.ts';
import { ListPages } from '../api/list-pages.ts';
import { TypeKnowledge } from '../api/type-knowledge.ts';
import { createCertificateAuthority } from '../certificates/certificate-authority.ts';
import { type Kubeconfig, Kubeconfigs } from '../certificates/kubeconfigs.ts';
import type { Clock } from '../clock/clock.ts';
import { SystemClock } from '../clock/system-clock.ts';
import { runControllers } from '../controllers/run-controllers.ts';
import { Faults } from '../faults/faults.ts';
import { RequestLog } from '../http/request-log.ts';
import { Addresses } from '../objects/addresses.ts';
import { EventRecorder } from '../objects/event-recorder.ts';
import { NameGenerator } from '../objects/name-generator.ts';
import { makeUid } from '../random/make-uid.ts';
import { SeededRandom } from '../random/seeded-random.ts';
import { Images } from '../runtime/images.ts';
import { Sandboxes } from '../runtime/sandboxes.ts';
import { startRuntime } from '../runtime/start-runtime.ts';
import { startApi } from '../server/start-api.ts';
import { Tunnels } from '../server/tunnels.ts';
import { ObjectStore } from '../state/object-store.ts';
import { ResourceKinds } from '../state/resource-kinds.ts';
import { addBasics } from './add-basics.ts';
import type { ClusterObjectsOptions } from './cluster-objects.ts';
import { faultTargets } from './fault-targets.ts';
import { ServerControl } from './server-control.ts';
import { portForwardSettings, type SimulatedClusterOptions } from './simulated-cluster-options.ts';

/** A cluster that runs, in its parts. */
export interface RunningCluster extends ClusterObjectsOptions {
  readonly server: string;
  readonly certificateAuthority: string;
  /** The one that every cluster has, of its administrator. */
  readonly kubeconfig: Kubeconfig;
  readonly kubeconfigs: Kubeconfigs;
  readonly tokens: Tokens;
  readonly images: Images;
  readonly log: RequestLog;
  readonly tunnels: Tunnels;
  readonly faults: Faults;
  readonly control: ServerControl;
  /** Ends everything: what is under way inside the cluster, then sockets, port and files. */
  readonly stop: () => Promise<void>;
}

/** Starts all parts of a cluster; what has started is stopped again when one fails. */
export async function startCluster(options: SimulatedClusterOptions): Promise<RunningCluster> {
  const { signal, port = 0, contextName = 'simulated', namespace = 'default', seed = 1 } = options;
  signal?.throwIfAborted();
  const running = new AbortController();
  const tunnels = new Tunnels();
  const opened: AsyncDisposable[] = [];
  const stop = async (): Promise<void> => {
    running.abort();
    const sessions = tunnels.sessions;
    tunnels.drop();
    for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
    await Promise.all(sessions.map((session) => session.closed));
  };
  try {
    const clock = options.clock ?? new SystemClock();
    const [sandboxes, names] = [new Sandboxes(), new NameGenerator({ seed })];
    const { historyLimit = 1000, onError = () => undefined } = options;
    // Apart from the names, so that these stay the same when a client only tries something.
    const uids = new SeededRandom(seed);
    const kinds = new ResourceKinds();
    const store = new ObjectStore({ historyLimit, kinds, clock, makeUid: () => makeUid(uids) });
    const addresses = new Addresses({ store });
    const events = new EventRecorder({ store, clock });
    const images = new Images();
    for (const image of options.images ?? []) images.add(image);

    const authority = createCertificateAuthority();
    const inside = { store, clock, names, events, addresses, images, sandboxes, onError, signal: running.signal };
    const runtime = startRuntime(inside);
    runControllers({ ...inside, rootCertificate: authority.certificate });
    addBasics({ store, addresses, namespace });

    const access = startAccess(options, { store, clock });
    const faults = new Faults({
      ...{ clock, seed, signal: running.signal },
      targets: faultTargets({ store, runtime, tunnels, restartServer: (how) => control.restart(how) }),
    });
    const log = new RequestLog();
    const api = await startApi({
      context: {
        ...{ ...inside, types: new TypeKnowledge(), pages: new ListPages() },
        ...{ ...access, logs: runtime.logs, log, tunnels, faults },
        portForward: portForwardSettings(options),
      },
      ...{ identity: authority.issueServer(), authority: authority.certificate, port },
    });
    opened.push(api);
    const control = new ServerControl({ server: api, clock, signal: running.signal });
    const server = `https://127.0.0.1:${api.port}`;
    const { tokens } = access;
    const kubeconfigs = await Kubeconfigs.open({ server, authority, tokens, clock, contextName, namespace });
    opened.push(kubeconfigs);
    const kubeconfig = kubeconfigs.issue({ user: 'simulated-admin', groups: [MASTERS] });
    signal?.throwIfAborted();
    const entry = { server, certificateAuthority: authority.certificate, kubeconfig, kubeconfigs, tokens };
    const objects = { store, sandboxes, addresses, runtime, clock, namespace };
    return { ...entry, ...objects, images, log, tunnels, faults, control, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Who may come in, and what they may do. */
function startAccess(
  { tokens: listed, anonymous, authorize }: SimulatedClusterOptions,
  { store, clock }: { store: ObjectStore; clock: Clock },
) {
  const tokens = new Tokens({ clock });
  issueListedTokens(tokens, listed ?? []);
  const authorizer = new Authorizer({ store, authorize });
  const needsCredentials = listed !== undefined || anonymous === false;
  const authenticator = new Authenticator({
    tokens,
    authorizer,
    anonymous: needsCredentials ? 'refused' : 'unrestricted',
  });
  return { tokens, authorizer, authenticator };
}
