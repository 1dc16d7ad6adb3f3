import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';

/** The code under test: how many pods of an app are ready. */
export async function countReadyPods(kubeconfig: string, app: string): Promise<number> {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const pods = await config
    .makeApiClient(CoreV1Api)
    .listNamespacedPod({ namespace: 'default', labelSelector: `app=${app}` });
  const isReady = (conditions: { type: string; status: string }[] = []) =>
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return pods.items.filter(({ status }) => isReady(status?.conditions)).length;
}
