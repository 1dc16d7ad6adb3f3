import type { SimulatedCluster } from '../../src/index.ts';
import { type ApiAnswer, ask } from './api-client.ts';

/** An object as a test sends it. */
export type SentObject = Readonly<Record<string, unknown>>;

/** Sends JSON. */
export function send(
  cluster: SimulatedCluster,
  method: string,
  path: string,
  body?: unknown,
  contentType = 'application/json',
): Promise<ApiAnswer> {
  return ask(cluster, path, {
    method,
    headers: { 'content-type': contentType, 'user-agent': 'test/1.0' },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

/** A ConfigMap with one entry. */
export function configMap(name: string, value = 'b'): SentObject {
  return { metadata: { name }, data: { a: value } };
}

/** A deployment of one container. */
export function deployment(name: string, spec: SentObject = {}): SentObject {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'web:1' }] } };
  return { metadata: { name }, spec: { replicas: 0, selector: { matchLabels: labels }, template, ...spec } };
}

/** A field deep inside an answer. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (current, name) => (current as Record<string | number, unknown> | undefined)?.[name],
    value,
  );
}
