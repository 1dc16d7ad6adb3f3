import type { Cluster } from '../../src/cluster/cluster.ts';
import { openCluster } from '../../src/cluster/open-cluster.ts';
import type { ApiServer } from './api-server.ts';
import { kubeconfigFor } from './kubeconfig-for.ts';

/** Opens a server of a test as a cluster, with nothing taken from the environment of the test run. */
export function openTestCluster(options: {
  readonly server: ApiServer;
  /** @default the server's own URL */
  readonly url?: string;
  readonly cluster?: Readonly<Record<string, unknown>>;
  readonly user?: Readonly<Record<string, unknown>>;
  readonly environment?: NodeJS.ProcessEnv;
}): Promise<Cluster> {
  const { server, url = server.url, cluster = {}, user = {}, environment = {} } = options;
  return openCluster({
    kubeconfig: kubeconfigFor({ server: url, authority: server.authority.certificate, cluster, user }),
    environment,
    interactive: false,
  });
}
