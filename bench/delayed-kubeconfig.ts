import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kubectl } from './kubectl.ts';

export interface DelayedKubeconfigOptions {
  readonly kubectl: Kubectl;
  readonly context: string;
  /** Added in each direction, so a round trip takes twice as long. */
  readonly delayMs: number;
  readonly signal: AbortSignal;
}

export interface DelayedKubeconfig {
  /** Path of a kubeconfig whose only cluster is reached through the delay. */
  readonly path: string;
  /** Ends the proxy and removes the kubeconfig. */
  stop(): Promise<void>;
}

interface Cluster {
  server: string;
  'tls-server-name'?: string;
  'proxy-url'?: string;
}

/** Puts the delay proxy in front of a context's API server, and writes a kubeconfig (0600, in the temp folder) that goes through it. */
export async function startDelayedKubeconfig(options: DelayedKubeconfigOptions): Promise<DelayedKubeconfig> {
  const view = ['config', 'view', '--raw', '--flatten', '--minify', '--context', options.context, '--output', 'json'];
  const kubeconfig = JSON.parse(await options.kubectl.run(view)) as { clusters: { cluster: Cluster }[] };
  const cluster = kubeconfig.clusters[0]?.cluster;
  if (cluster === undefined) throw new Error(`context ${options.context} has no cluster`);
  if (cluster['proxy-url'] !== undefined) throw new Error('a cluster behind a proxy cannot be delayed');

  const server = new URL(cluster.server);
  const host = server.hostname.replace(/^\[|\]$/g, '');
  const port = server.port || (server.protocol === 'https:' ? '443' : '80');
  const proxy = fork(new URL('./delay-proxy.ts', import.meta.url), [host, port, String(options.delayMs)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const folder = await mkdtemp(join(tmpdir(), 'kforge-bench-'));
  const stop = async () => {
    if (proxy.exitCode === null && proxy.signalCode === null) {
      const exited = once(proxy, 'exit');
      proxy.kill('SIGKILL');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const limit = AbortSignal.any([options.signal, AbortSignal.timeout(10_000)]);
    const [message] = (await once(proxy, 'message', { signal: limit })) as [{ port: number }];
    if (host !== '127.0.0.1') cluster['tls-server-name'] ??= host;
    server.hostname = '127.0.0.1';
    server.port = String(message.port);
    cluster.server = server.href;
    const path = join(folder, 'kubeconfig');
    await writeFile(path, JSON.stringify(kubeconfig), { mode: 0o600, flag: 'wx' });
    return { path, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
