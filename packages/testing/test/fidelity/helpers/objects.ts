/** A container as the tests need it. */
export interface ContainerInput {
  readonly name?: string;
  readonly image?: string;
  /** A line for `sh -c`. @default what the image does by itself */
  readonly shell?: string;
  readonly readinessProbe?: object;
  readonly ports?: readonly object[];
}

/** A container, by default of the image that serves many ports. */
export function container({
  name = 'main',
  image = 'kforge.test/podserver:1',
  shell,
  ...more
}: ContainerInput = {}): object {
  return {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    ...(shell !== undefined && { command: ['sh', '-c', shell] }),
    ...more,
  };
}

/** A container of busybox that runs a line of shell. */
export function shellContainer(shell: string, name = 'main'): object {
  return container({ name, image: 'kforge.test/busybox:1', shell });
}

/** A pod that ends at once when it is deleted. */
export function pod(
  name: string,
  { labels = {}, ...spec }: { labels?: object; containers?: object[]; [field: string]: unknown } = {},
): object {
  const metadata = { name, labels };
  const whole = { terminationGracePeriodSeconds: 0, containers: [container()], ...spec };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: whole };
}

/** A deployment of one pod whose label `app` is its name. */
export function deployment(
  name: string,
  { containers = [container()], ...spec }: { containers?: object[]; [field: string]: unknown } = {},
): object {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 0, containers } };
  const whole = { replicas: 1, selector: { matchLabels: labels }, template, ...spec };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, labels }, spec: whole };
}

/** A service before the pods whose label `app` is its name. */
export function service(name: string, spec: object = {}): object {
  const whole = { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }], ...spec };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, labels: { app: name } }, spec: whole };
}

/** A config map. */
export function configMap(name: string, data: Readonly<Record<string, string>>): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}
