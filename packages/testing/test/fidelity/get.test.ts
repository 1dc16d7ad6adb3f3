import { expect, test } from 'vitest';
import type { ObjectJson } from './helpers/object-json.ts';
import { configMap, container, deployment, pod, service } from './helpers/objects.ts';
import { useNamespace } from './helpers/use-cluster.ts';

const shop = useNamespace(async (namespace) => {
  await namespace.create(
    configMap('settings', { colour: 'blue', size: 'large' }),
    deployment('web', { containers: [container({ name: 'web', ports: [{ name: 'http', containerPort: 8080 }] })] }),
    service('web'),
    pod('single', { labels: { app: 'single', tier: 'back' } }),
  );
  await namespace.rolledOut('web');
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/single --timeout=30s');
});

test('get pods prints a table', async () => {
  expect(await shop().kubectl('get pods')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    single  1/1  Running  0  AGE
    web-HASH-SUFFIX  1/1  Running  0  AGE
  `);
});

test('get pods -o wide adds address, node and gates', async () => {
  expect(await shop().kubectl('get pods -o wide')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE  IP  NODE  NOMINATED NODE  READINESS GATES
    single  1/1  Running  0  AGE  IP  NODE  <none>  <none>
    web-HASH-SUFFIX  1/1  Running  0  AGE  IP  NODE  <none>  <none>
  `);
});

test('get pods --no-headers leaves the header out', async () => {
  expect(await shop().kubectl('get pods single --no-headers')).toMatchInlineSnapshot(`single  1/1  Running  0  AGE`);
});

test('get pods --show-labels adds the labels', async () => {
  expect(await shop().kubectl('get pod single --show-labels')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE  LABELS
    single  1/1  Running  0  AGE  app=single,tier=back
  `);
});

test('get -L adds a column of one label', async () => {
  expect(await shop().kubectl('get pod single -L tier')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE  TIER
    single  1/1  Running  0  AGE  back
  `);
});

test('get -l chooses by labels', async () => {
  expect(await shop().kubectl('get pods -o name -l', 'app in (single,other),tier!=front')).toMatchInlineSnapshot(
    `pod/single`,
  );
});

test('get -l with nothing that matches says so and succeeds', async () => {
  expect(await shop().kubectl('get pods -l app=nobody')).toMatchInlineSnapshot(
    `! No resources found in NAMESPACE namespace.`,
  );
});

test('get --field-selector chooses by fields', async () => {
  expect(
    await shop().kubectl('get pods -o name --field-selector', 'metadata.name=single,status.phase=Running'),
  ).toMatchInlineSnapshot(`pod/single`);
});

test('get --field-selector refuses a field that is not indexed', async () => {
  expect(await shop().kubectl('get pods --field-selector spec.hostname=x')).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "", field selector "spec.hostname=x": field label not supported: spec.hostname
    exit code 1
  `);
});

test('get deployments prints a table', async () => {
  expect(await shop().kubectl('get deployments')).toMatchInlineSnapshot(`
    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    web  1/1  1  1  AGE
  `);
});

test('get deployments -o wide adds containers, images and selector', async () => {
  expect(await shop().kubectl('get deploy -o wide')).toMatchInlineSnapshot(`
    NAME  READY  UP-TO-DATE  AVAILABLE  AGE  CONTAINERS  IMAGES  SELECTOR
    web  1/1  1  1  AGE  web  kforge.test/podserver:1  app=web
  `);
});

test('get replicasets prints a table', async () => {
  expect(await shop().kubectl('get rs')).toMatchInlineSnapshot(`
    NAME  DESIRED  CURRENT  READY  AGE
    web-HASH  1  1  1  AGE
  `);
});

test('get services prints a table', async () => {
  expect(await shop().kubectl('get svc -o wide')).toMatchInlineSnapshot(`
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE  SELECTOR
    web  ClusterIP  IP  <none>  80/TCP  AGE  app=web
  `);
});

test('get endpoints and slices name the ready addresses', async () => {
  expect(await shop().kubectl('get endpoints web')).toMatchInlineSnapshot(`
    NAME  ENDPOINTS  AGE
    web  IP:8080  AGE
    ! Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice
  `);
  expect(await shop().kubectl('get endpointslices')).toMatchInlineSnapshot(`
    NAME  ADDRESSTYPE  PORTS  ENDPOINTS  AGE
    web-SUFFIX  IPv4  8080  IP  AGE
  `);
});

test('get configmaps counts their keys', async () => {
  expect(await shop().kubectl('get cm settings')).toMatchInlineSnapshot(`
    NAME  DATA  AGE
    settings  2  AGE
  `);
});

test('get nodes prints roles and version', async () => {
  const node = await shop().field('pod single', '.spec.nodeName');
  const { stdout } = await shop().kubectl(`get node ${node}`);
  expect(stdout.split('\n')[0]).toBe('NAME  STATUS  ROLES  AGE  VERSION');
  expect(stdout.split('\n')[1]).toMatch(/^\S+ {2}Ready {2}<none> {2}AGE {2}v1\.34\.\d+$/);
});

test('get all prints a section for each kind', async () => {
  expect(await shop().kubectl('get all')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    pod/single  1/1  Running  0  AGE
    pod/web-HASH-SUFFIX  1/1  Running  0  AGE

    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    service/web  ClusterIP  IP  <none>  80/TCP  AGE

    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    deployment.apps/web  1/1  1  1  AGE

    NAME  DESIRED  CURRENT  READY  AGE
    replicaset.apps/web-HASH  1  1  1  AGE
  `);
});

test('get of several kinds prefixes the names', async () => {
  expect(await shop().kubectl('get svc,deploy')).toMatchInlineSnapshot(`
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    service/web  ClusterIP  IP  <none>  80/TCP  AGE

    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    deployment.apps/web  1/1  1  1  AGE
  `);
});

test('get of several kinds with one name each', async () => {
  expect(await shop().kubectl('get svc/web deploy/web')).toMatchInlineSnapshot(`
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    service/web  ClusterIP  IP  <none>  80/TCP  AGE

    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    deployment.apps/web  1/1  1  1  AGE
  `);
});

test('get -A prints the namespace first', async () => {
  expect(
    await shop().kubectl('get svc -A -l app=web --field-selector', `metadata.namespace=${shop().name}`),
  ).toMatchInlineSnapshot(`
      NAMESPACE  NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
      NAMESPACE  web  ClusterIP  IP  <none>  80/TCP  AGE
    `);
});

test('get -o name prints kind and name', async () => {
  expect(await shop().kubectl('get deploy,svc -o name')).toMatchInlineSnapshot(`
    deployment.apps/web
    service/web
  `);
});

test('get -o yaml prints the whole object', async () => {
  expect(await shop().kubectl('get configmap settings -o yaml')).toMatchInlineSnapshot(`
    apiVersion: v1
    data:
      colour: blue
      size: large
    kind: ConfigMap
    metadata:
      creationTimestamp: "TIME"
      name: settings
      namespace: NAMESPACE
      resourceVersion: "VERSION"
      uid: UID
  `);
});

test('get -o json of a service holds the defaults', async () => {
  const { spec } = await shop().get('service web');
  expect(spec).toMatchObject({
    internalTrafficPolicy: 'Cluster',
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }],
    sessionAffinity: 'None',
    type: 'ClusterIP',
  });
  expect(spec.clusterIPs).toEqual([spec.clusterIP]);
});

test('get -o json of a pod holds the defaults of its spec', async () => {
  const { spec } = await shop().get('pod single');
  expect(spec).toMatchObject({
    dnsPolicy: 'ClusterFirst',
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    restartPolicy: 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    serviceAccount: 'default',
    serviceAccountName: 'default',
    terminationGracePeriodSeconds: 0,
  });
  expect(spec.containers[0]).toMatchObject({
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
});

test('get -o json of a running pod holds its status', async () => {
  const { status, metadata } = await shop().get('pod single');
  const conditions = status.conditions.map(({ type, status }) => `${type}=${status}`);
  expect(conditions.sort()).toEqual([
    'ContainersReady=True',
    'Initialized=True',
    'PodReadyToStartContainers=True',
    'PodScheduled=True',
    'Ready=True',
  ]);
  expect(status).toMatchObject({ phase: 'Running', qosClass: 'BestEffort', podIPs: [{ ip: status.podIP }] });
  expect(status.containerStatuses[0]).toMatchObject({ name: 'main', ready: true, restartCount: 0, started: true });
  expect([metadata.generation, status.observedGeneration]).toEqual([1, 1]);
});

test('get -o json of a deployment holds defaults and status', async () => {
  const { spec, status, metadata } = await shop().get('deployment web');
  expect(metadata.annotations).toEqual({ 'deployment.kubernetes.io/revision': '1' });
  expect(spec).toMatchObject({
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
  });
  expect(status).toMatchObject({
    observedGeneration: 1,
    replicas: 1,
    readyReplicas: 1,
    updatedReplicas: 1,
    availableReplicas: 1,
  });
  expect(status.conditions.map(({ type, reason }) => [type, reason]).sort()).toEqual([
    ['Available', 'MinimumReplicasAvailable'],
    ['Progressing', 'NewReplicaSetAvailable'],
  ]);
});

test('get --show-managed-fields names who wrote the fields', async () => {
  const { metadata } = await shop().get('configmap settings --show-managed-fields');
  expect(metadata.managedFields).toMatchObject([
    { apiVersion: 'v1', fieldsType: 'FieldsV1', manager: 'kubectl-create', operation: 'Update' },
  ]);
});

test('get -o jsonpath prints fields', async () => {
  expect(
    await shop().kubectl('get svc web -o', 'jsonpath={.spec.ports[0].port} {.spec.selector.app}'),
  ).toMatchInlineSnapshot(`80 web`);
});

test('get -o custom-columns prints columns', async () => {
  expect(
    await shop().kubectl('get svc -o custom-columns=NAME:.metadata.name,PORTS:.spec.ports[*].port,NONE:.x'),
  ).toMatchInlineSnapshot(`
    NAME  PORTS  NONE
    web  80  <none>
  `);
});

test('get -o go-template prints a template', async () => {
  expect(await shop().kubectl('get svc web -o', 'go-template={{.metadata.name}}')).toMatchInlineSnapshot(`web`);
});

test('get --sort-by orders the rows', async () => {
  expect(await shop().kubectl('get cm --sort-by=.metadata.name -o name')).toMatchInlineSnapshot(`
    configmap/kube-root-ca.crt
    configmap/settings
  `);
});

test('get of a name that is unknown fails', async () => {
  expect(await shop().kubectl('get pod nope')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): pods "nope" not found
    exit code 1
  `);
  expect(await shop().kubectl('get deploy nope')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): deployments.apps "nope" not found
    exit code 1
  `);
});

test('get of a known and an unknown name prints one and fails', async () => {
  expect(await shop().kubectl('get cm settings nope')).toMatchInlineSnapshot(`
    NAME  DATA  AGE
    settings  2  AGE
    ! Error from server (NotFound): configmaps "nope" not found
    exit code 1
  `);
});

test('get --ignore-not-found says nothing', async () => {
  expect(await shop().kubectl('get pod nope --ignore-not-found')).toMatchInlineSnapshot(``);
});

test('get in a namespace that does not exist finds nothing', async () => {
  expect(await shop().kubectl('get pods -n nope')).toMatchInlineSnapshot(`! No resources found in nope namespace.`);
  expect(await shop().kubectl('get pod x -n nope')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): namespaces "nope" not found
    exit code 1
  `);
});

test('get of a kind that is unknown fails', async () => {
  expect(await shop().kubectl('get doodads')).toMatchInlineSnapshot(`
    ! error: the server doesn't have a resource type "doodads"
    exit code 1
  `);
});

test('get --chunk-size reads page by page', async () => {
  for (const name of ['a', 'b', 'c', 'd', 'e']) await shop().kubectl(`create configmap page-${name}`);
  expect(await shop().kubectl('get cm --chunk-size=2 -o name')).toMatchInlineSnapshot(`
    configmap/kube-root-ca.crt
    configmap/page-a
    configmap/page-b
    configmap/page-c
    configmap/page-d
    configmap/page-e
    configmap/settings
  `);
});

test('a page says how much remains and continues where it ended', async () => {
  const path = `/api/v1/namespaces/${shop().name}/configmaps?limit=1`;
  const first = JSON.parse(await shop().kubectlOrFail('get --raw', path)) as ObjectJson;
  expect([first.items.length, first.metadata.remainingItemCount > 0]).toEqual([1, true]);
  const token = encodeURIComponent(first.metadata.continue);
  const second = JSON.parse(await shop().kubectlOrFail('get --raw', `${path}&continue=${token}`)) as ObjectJson;
  expect(second.items[0].metadata.name > first.items[0].metadata.name).toBe(true);
  expect(second.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
});

test('get --subresource=status and scale show a part', async () => {
  expect(await shop().kubectl('get deploy web --subresource=status')).toMatchInlineSnapshot(`
    NAME  READY  UP-TO-DATE  AVAILABLE  AGE
    web  1/1  1  1  AGE
  `);
  expect(await shop().kubectl('get deploy web --subresource=scale')).toMatchInlineSnapshot(`
    NAME  DESIRED  AVAILABLE  AGE
    web  1  1  AGE
  `);
});
