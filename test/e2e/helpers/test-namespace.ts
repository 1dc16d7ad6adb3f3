import { randomBytes } from 'node:crypto';
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  type V1Container,
  type V1Deployment,
  type V1Pod,
  type V1Service,
} from '@kubernetes/client-node';

/** The context that the suite runs on; `.ci/run` sets one after the other. */
export const context: string | undefined = process.env.KFORGE_TEST_CONTEXT;

/** Images of the test pods. Each can be replaced, for clusters that have them under other names. */
export const images = {
  podserver: process.env.KFORGE_TEST_PODSERVER ?? 'kforge.test/podserver:1',
  nginx: process.env.KFORGE_TEST_NGINX ?? 'kforge.test/nginx:1',
  redis: process.env.KFORGE_TEST_REDIS ?? 'kforge.test/redis:1',
};

/** A namespace of a real cluster with pods in it, deleted at the end. Objects are made by client-node, so that nothing of kforge judges itself. */
export class TestNamespace implements AsyncDisposable {
  readonly name: string = `kforge-e2e-${randomBytes(4).toString('hex')}`;
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;

  private constructor() {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromDefault();
    if (context) kubeConfig.setCurrentContext(context);
    this.core = kubeConfig.makeApiClient(CoreV1Api);
    this.apps = kubeConfig.makeApiClient(AppsV1Api);
  }

  static async create(): Promise<TestNamespace> {
    const namespace = new TestNamespace();
    await namespace.core.createNamespace({ body: { metadata: { name: namespace.name } } });
    return namespace;
  }

  async addPod(pod: {
    readonly name: string;
    readonly image: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ports?: V1Container['ports'];
    readonly command?: string[];
  }): Promise<void> {
    const { name, labels = {} } = pod;
    const body: V1Pod = {
      metadata: { name, labels },
      spec: { containers: [container(pod)], terminationGracePeriodSeconds: 0 },
    };
    await this.core.createNamespacedPod({ namespace: this.name, body });
  }

  async addDeployment(deployment: {
    readonly name: string;
    readonly image: string;
    readonly replicas: number;
    readonly ports?: V1Container['ports'];
  }): Promise<void> {
    const labels = { app: deployment.name };
    const body: V1Deployment = {
      metadata: { name: deployment.name },
      spec: {
        replicas: deployment.replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [container(deployment)], terminationGracePeriodSeconds: 0 },
        },
      },
    };
    await this.apps.createNamespacedDeployment({ namespace: this.name, body });
  }

  async addService(service: {
    readonly name: string;
    readonly selector: Record<string, string>;
    readonly port: number;
    readonly targetPort: number | string;
    readonly portName?: string;
  }): Promise<void> {
    const { name, selector, port, targetPort, portName } = service;
    const body: V1Service = {
      metadata: { name },
      spec: { selector, ports: [{ port, targetPort, ...(portName ? { name: portName } : {}) }] },
    };
    await this.core.createNamespacedService({ namespace: this.name, body });
  }

  async deletePod(name: string): Promise<void> {
    await this.core.deleteNamespacedPod({ namespace: this.name, name, gracePeriodSeconds: 0 });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.core.deleteNamespace({ name: this.name });
  }
}

function container(options: {
  readonly name: string;
  readonly image: string;
  readonly ports?: V1Container['ports'];
  readonly command?: string[];
}): V1Container {
  const { name, image, ports, command } = options;
  return { name, image, imagePullPolicy: 'IfNotPresent', ...(ports ? { ports } : {}), ...(command ? { command } : {}) };
}
