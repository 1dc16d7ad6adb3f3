import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Kubectl } from './kubectl.ts';

export interface BenchPodOptions {
  readonly kubectl: Kubectl;
  readonly context: string;
  readonly image: string;
  readonly signal: AbortSignal;
}

export interface BenchPod {
  readonly namespace: string;
  readonly name: string;
  /** Deletes the namespace, and waits until it is gone. */
  remove(): Promise<void>;
}

/** Runs the pod server in a namespace of its own and waits until it is ready. Leaves nothing when that fails. */
export async function createBenchPod(options: BenchPodOptions): Promise<BenchPod> {
  const { kubectl, signal } = options;
  const namespace = `kforge-bench-${randomBytes(3).toString('hex')}`;
  const name = 'podserver';
  const scope = ['--context', options.context, '--namespace', namespace];
  const remove = async () => {
    const wait = ['--ignore-not-found', '--timeout=90s'];
    await kubectl.run(['--context', options.context, 'delete', 'namespace', namespace, ...wait]);
  };
  const stdin = JSON.stringify(manifest(name, options.image));
  try {
    await kubectl.run(['--context', options.context, 'create', 'namespace', namespace], { signal });
    await serviceAccountCreated(kubectl, scope, signal);
    await kubectl.run([...scope, 'apply', '--filename', '-'], { stdin, signal });
    await kubectl.run([...scope, 'wait', `pod/${name}`, '--for=condition=Ready', '--timeout=90s'], { signal });
    return { namespace, name, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A pod is refused until its namespace has the default service account, which a controller adds. */
async function serviceAccountCreated(kubectl: Kubectl, scope: readonly string[], signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await kubectl.run([...scope, 'get', 'serviceaccount', 'default']);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(200, undefined, { signal });
  }
}

function manifest(name: string, image: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name,
          image,
          imagePullPolicy: 'IfNotPresent',
          readinessProbe: { tcpSocket: { port: 7001 }, periodSeconds: 1 },
        },
      ],
    },
  };
}
