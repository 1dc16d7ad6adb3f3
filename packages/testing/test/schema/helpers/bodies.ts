type Fields = Readonly<Record<string, unknown>>;

/** A body to POST, and where to. */
export interface PostedBody {
  /** Below `/api/v1/` or `/apis/`, such as `api/v1/namespaces/default/configmaps`. */
  readonly path: string;
  readonly body: Fields;
}

const metadata = { name: 'x' };

function of(apiVersion: string, kind: string, resource: string, fields: Fields, isNamespaced = true): PostedBody {
  const base = apiVersion.includes('/') ? `apis/${apiVersion}` : `api/${apiVersion}`;
  const path = isNamespaced ? `${base}/namespaces/default/${resource}` : `${base}/${resource}`;
  return { path, body: { apiVersion, kind, metadata, ...fields } };
}

const configMap = (fields: Fields) => of('v1', 'ConfigMap', 'configmaps', fields);
const secret = (fields: Fields) => of('v1', 'Secret', 'secrets', fields);
const service = (spec: Fields) => of('v1', 'Service', 'services', { spec });
const account = (fields: Fields) => of('v1', 'ServiceAccount', 'serviceaccounts', fields);
const claim = (spec: Fields) =>
  of('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', { spec: { accessModes: ['ReadWriteOnce'], ...spec } });
const quota = (hard: unknown) => of('v1', 'ResourceQuota', 'resourcequotas', { spec: { hard } });
const lease = (spec: Fields) => of('coordination.k8s.io/v1', 'Lease', 'leases', { spec });
const role = (fields: Fields) => of('rbac.authorization.k8s.io/v1', 'Role', 'roles', fields);
const policy = (spec: unknown) => of('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', { spec });
const budget = (spec: Fields) => of('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', { spec });
const ingress = (spec: Fields) => of('networking.k8s.io/v1', 'Ingress', 'ingresses', { spec });

const labels = { a: 'b' };
const podSpec = (spec: Fields, container: Fields = {}): Fields => ({
  automountServiceAccountToken: false,
  containers: [{ name: 'c', image: 'i', ...container }],
  ...spec,
});
const pod = (spec: Fields, container: Fields = {}) => of('v1', 'Pod', 'pods', { spec: podSpec(spec, container) });
const requests = (cpu: unknown) => pod({}, { resources: { requests: { cpu } } });
const memory = (text: unknown) => pod({}, { resources: { limits: { memory: text } } });
const template = { metadata: { labels }, spec: podSpec({}) };
const deployment = (spec: Fields) =>
  of('apps/v1', 'Deployment', 'deployments', { spec: { selector: { matchLabels: labels }, template, ...spec } });
const job = (spec: Fields) =>
  of('batch/v1', 'Job', 'jobs', { spec: { template: { spec: podSpec({ restartPolicy: 'Never' }) }, ...spec } });
const cronJob = (spec: Fields) =>
  of('batch/v1', 'CronJob', 'cronjobs', { spec: { schedule: '* * * * *', jobTemplate: job({}).body, ...spec } });
const created = (creationTimestamp: unknown) => configMap({ metadata: { name: 'x', creationTimestamp } });
const binary = (b: unknown) => configMap({ binaryData: { b } });
const probe = (port: unknown) => pod({}, { livenessProbe: { httpGet: { port } } });

const stateful = (spec: Fields) =>
  of('apps/v1', 'StatefulSet', 'statefulsets', { spec: { selector: { matchLabels: labels }, template, ...spec } });
const daemon = (spec: Fields) =>
  of('apps/v1', 'DaemonSet', 'daemonsets', { spec: { selector: { matchLabels: labels }, template, ...spec } });
const scaler = (spec: Fields) =>
  of('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x' }, maxReplicas: 2, ...spec },
  });
const definition = (a: Fields) => {
  const schema = { openAPIV3Schema: { type: 'object', properties: { a } } };
  const names = { plural: 'gadgets', singular: 'gadget', kind: 'Gadget' };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const fields = {
    metadata: { name: 'gadgets.kforge.test' },
    spec: { group: 'kforge.test', scope: 'Namespaced', names, versions },
  };
  return of('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', fields, false);
};

/** Bodies that a real server cannot read. */
export const unreadable: readonly PostedBody[] = [
  ...[1, true, {}, []].map((a) => configMap({ data: { a } })),
  ...[[], 'x', 3, true].map((data) => configMap({ data })),
  ...[
    '!!',
    'YQ',
    'YQ==YQ==',
    'YQ=',
    'Y',
    'YQ==\n!',
    'YWI=YQ',
    'Y=Q=',
    'YWJj\nYQ',
    'YQ=\nx',
    'é',
    3,
    [1, 300],
    {},
    true,
  ].map(binary),
  ...['x', 1, {}].map((immutable) => configMap({ immutable })),
  ...[3, [], 'x'].map((wrong) => configMap({ metadata: wrong })),
  ...[3, {}, true].map((name) => configMap({ metadata: { name } })),
  ...[{ a: 1 }, [], 'x'].map((wrong) => configMap({ metadata: { name: 'x', labels: wrong } })),
  ...[[1], {}, 'x'].map((finalizers) => configMap({ metadata: { name: 'x', finalizers } })),
  configMap({ metadata: { name: 'x', ownerReferences: [{ uid: 3 }] } }),
  configMap({ metadata: { name: 'x', generation: 1.5 } }),
  configMap({ metadata: { name: 'x', generation: 1e21 } }),
  configMap({ data: { a: 1 }, immutable: 'x', other: 1 }),
  configMap({ data: { a: 1 }, metadata: { name: 'x', creationTimestamp: 'x' } }),
  ...['no', '', 3, {}, '2020-01-01', '2020-13-01T00:00:00Z', '2020-02-30T00:00:00Z', '2020-01-00T00:00:00Z'].map(
    created,
  ),
  ...['2020-01-01T24:00:00Z', '2020-01-01T00:60:00Z', '2020-01-01T00:00:60Z', '2020-01-01T00:00:00'].map(created),
  ...['2020-01-01T00:00:00Zx', '2020-01-01T00:00:00+0200', '2020-01-01T00:00:00+25:00', '2020-01-01 00:00:00Z'].map(
    created,
  ),
  ...['20-01-01', '2020-1-01', '2020-01-01T00:00:00+01:61', 'é"\\\t', '2020-01-01T0:0:00Z'].map(created),
  ...['many', '', true, {}, [], '1e', '1k1', '1.2.3', '1.1i', '--1', '1 k', '+.e-10', '1e99999999999999999999'].map(
    requests,
  ),
  ...['1KI', 'Ki1', '0x1', '1e1.5', 'NaN', '1mm'].map(memory),
  ...['x', 1.5, 3e9, true].map((containerPort) => pod({}, { ports: [{ containerPort }] })),
  ...[true, 1.5, {}, [], 5e9].map(probe),
  ...['x', [1], {}].map((command) => pod({}, { command })),
  ...[[], 3, { requests: [] }].map((resources) => pod({}, { resources })),
  ...['3', 1.5, {}].map((terminationGracePeriodSeconds) => pod({ terminationGracePeriodSeconds })),
  ...[{}, 'x', [[]], [3]].map((containers) => pod({ containers })),
  ...[3, { sizeLimit: 'q' }].map((emptyDir) => pod({ volumes: [{ name: 'v', emptyDir }] })),
  pod({ volumes: {} }),
  pod({ nodeSelector: { a: true } }),
  pod({ hostNetwork: 'true' }),
  pod({ restartPolicy: 3 }),
  pod({}, { imagePullPolicy: [] }),
  pod({}, { env: [{ name: 1 }], resources: { requests: { cpu: 'q' } } }),
  pod({}, { securityContext: { capabilities: { add: 'x' }, runAsUser: 'root' } }),
  ...['x', 1.5, 2 ** 31, true].map((replicas) => deployment({ replicas })),
  deployment({ selector: 'x' }),
  deployment({ strategy: { type: 1 } }),
  deployment({ template: { spec: { containers: [{ env: [{ name: 'a', value: 1 }] }] } } }),
  service({ ports: [{ port: '80' }] }),
  service({ ports: [{ port: 80, protocol: 1 }], selector: [] }),
  service({ type: 1 }),
  service({ ipFamilies: 'IPv4' }),
  secret({ data: { a: 'plain text' } }),
  secret({ stringData: { a: 1 } }),
  secret({ type: [] }),
  account({ secrets: ['x'] }),
  account({ automountServiceAccountToken: 'no' }),
  claim({ resources: { requests: { storage: '1Gb' } } }),
  claim({ accessModes: 'ReadWriteOnce' }),
  quota({ pods: 'ten' }),
  quota([]),
  lease({ acquireTime: '2020-01-01T00:00:00Z' }),
  lease({ acquireTime: 'x' }),
  lease({ renewTime: 3 }),
  role({ rules: {} }),
  role({ rules: [{ verbs: 'get' }] }),
  policy({ podSelector: [] }),
  policy('x'),
  budget({ minAvailable: [] }),
  ingress({ rules: [{ http: { paths: [{ pathType: 1 }] } }] }),
  job({ parallelism: 'x' }),
  cronJob({ suspend: 'x' }),
  cronJob({ schedule: 5 }),
  stateful({ volumeClaimTemplates: [{ spec: { accessModes: 3 } }] }),
  stateful({ podManagementPolicy: 1 }),
  daemon({ updateStrategy: { rollingUpdate: { maxUnavailable: 1.5 } } }),
  scaler({ maxReplicas: '2' }),
  scaler({ metrics: [{ resource: { target: { averageValue: 'x' } } }] }),
  ...[{ type: 1 }, { maxLength: 1.5 }, { maximum: 'x' }, { enum: 3 }, { properties: [] }].map(definition),
  ...[{ type: 1 }, [{ type: 1 }], [3]].map((items) => definition({ type: 'array', items })),
  ...[3, { type: 1 }].map((additionalProperties) => definition({ additionalProperties })),
  definition({ dependencies: { a: [1] } }),
];

/** Bodies that a real server reads, and writes again in another form. */
export const readable: readonly PostedBody[] = [
  configMap({ metadata: { name: 'x', labels: {}, annotations: {}, finalizers: [], creationTimestamp: null } }),
  configMap({ metadata: { name: 'x', labels: { a: null } }, data: { a: null }, binaryData: {} }),
  configMap({ data: null, immutable: false, unknown: 1 }),
  configMap({ binaryData: { a: 'Y\nQ=\r\n=', b: 'YR==', c: [1, 2], d: '' } }),
  ...['2020-01-01T00:00:00.5+02:00', '2020-01-01T7:00:00Z', '2024-02-29T23:59:59,5-00:30'].map(created),
  secret({ data: { a: '' }, type: '' }),
  secret({ data: {}, immutable: null }),
  ...['1000m', '0.5', '1.500', '1', '100', '1000', '0', '0.001', '1e3', '1e1', '1E2', 1, 1.5, '+1', '0100', ' 1 '].map(
    requests,
  ),
  ...[
    '1024Mi',
    '1Gi',
    '1.5Gi',
    '0.5Ki',
    '1536Ki',
    '1000Ki',
    '1024',
    '1000000',
    '128974848',
    '1e9',
    '100M',
    '2048Ki',
    '1.1Ki',
  ].map(memory),
  ...['1Ti', '8Ki', '1048576Ki', '123456789012345678901', '9999999999999999Ki', '0.1Ki', '10E', '1000G', '1e18'].map(
    memory,
  ),
  ...['0', '5k', '1500', '1000000'].map((pods) => quota({ pods })),
  quota(null),
  pod({ nodeSelector: {}, volumes: [], tolerations: null, hostNetwork: false, imagePullSecrets: [], hostname: '' }),
  pod({
    volumes: [
      { name: 'v', emptyDir: {} },
      { name: 'w', emptyDir: { medium: '', sizeLimit: '1024Mi' } },
    ],
  }),
  pod({}, { env: [], args: null, resources: {}, stdin: false, workingDir: '', securityContext: {} }),
  pod({}, { env: [{ name: 'a', value: '' }], ports: [{ containerPort: 1, name: '', protocol: '' }] }),
  pod({}, { resources: { requests: {}, limits: null } }),
  pod({ terminationGracePeriodSeconds: 0, automountServiceAccountToken: false, securityContext: { sysctls: [] } }),
  deployment({}),
  deployment({ replicas: 0, paused: false, minReadySeconds: 0, strategy: {} }),
  deployment({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: '50%' } } }),
  service({ ports: [{ port: 80, targetPort: 'http', nodePort: 0 }], selector: {}, externalIPs: [] }),
  service({ ports: [{ port: 80, name: '' }], clusterIP: 'None' }),
  account({ secrets: [], imagePullSecrets: null }),
  claim({ resources: { requests: { storage: '1024Mi' } }, volumeName: '' }),
  lease({ acquireTime: '2020-01-01T00:00:00.123456+01:00', holderIdentity: '' }),
  lease({}),
  role({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'], resourceNames: [] }] }),
  policy({ podSelector: {}, ingress: [], egress: null }),
  policy({ podSelector: { matchLabels: {} }, policyTypes: ['Ingress'] }),
  budget({ minAvailable: 0, selector: { matchLabels: labels } }),
  ingress({ defaultBackend: { service: { name: 'a', port: { number: 80, name: '' } } }, tls: [] }),
  job({ parallelism: 0, suspend: false }),
  cronJob({ suspend: false, successfulJobsHistoryLimit: 0 }),
  stateful({ replicas: 0, serviceName: '' }),
  stateful({
    volumeClaimTemplates: [
      {
        metadata: { name: 'a' },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1024Mi' } } },
      },
    ],
  }),
  daemon({ updateStrategy: {}, minReadySeconds: 0 }),
];
