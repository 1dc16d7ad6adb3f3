import { test } from 'vitest';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

test.concurrent('create namespace says so, and a second time that it exists', async ({ expect }) => {
  await using namespace = await freshNamespace();
  namespace.alsoDelete(`namespace/${namespace.name}-b`);
  expect(await namespace.kubectl(`create namespace ${namespace.name}-b`)).toMatchInlineSnapshot(
    `namespace/NAMESPACE-b created`,
  );
  expect(await namespace.kubectl(`create namespace ${namespace.name}-b`)).toMatchInlineSnapshot(`
    ! Error from server (AlreadyExists): namespaces "NAMESPACE-b" already exists
    exit code 1
  `);
});

test.concurrent('create configmap and secret keep what they are given', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(
    await namespace.kubectl('create configmap settings --from-literal=a=1 --from-literal=b=two'),
  ).toMatchInlineSnapshot(`configmap/settings created`);
  expect(await namespace.kubectl('create secret generic key --from-literal=password=hidden')).toMatchInlineSnapshot(
    `secret/key created`,
  );
  expect((await namespace.get('configmap settings')).data).toEqual({ a: '1', b: 'two' });
  expect((await namespace.get('secret key')).data).toEqual({ password: 'aGlkZGVu' });
});

test.concurrent('create secret docker-registry has a type of its own', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(
    await namespace.kubectl(
      'create secret docker-registry pull --docker-username=a --docker-password=b --docker-server=c',
    ),
  ).toMatchInlineSnapshot(`secret/pull created`);
  expect(await namespace.field('secret pull', '.type')).toBe('kubernetes.io/dockerconfigjson');
});

test.concurrent('create deployment gives it one replica', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('create deployment web --image=kforge.test/podserver:1')).toMatchInlineSnapshot(
    `deployment.apps/web created`,
  );
  expect(await namespace.field('deployment web', '.spec.replicas')).toBe('1');
});

test.concurrent('create service takes ports and type', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('create service clusterip web --tcp=80:8080')).toMatchInlineSnapshot(
    `service/web created`,
  );
  expect(await namespace.kubectl('create service nodeport open --tcp=80')).toMatchInlineSnapshot(
    `service/open created`,
  );
  const { spec } = await namespace.get('service open');
  expect(spec.ports[0].nodePort).toBeGreaterThanOrEqual(30_000);
  expect(await namespace.kubectl('get svc web')).toMatchInlineSnapshot(`
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    web  ClusterIP  IP  <none>  80/TCP  AGE
  `);
});

test.concurrent('a headless and an external service have no address', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlOrFail('create service clusterip none --clusterip=None --tcp=80');
  await namespace.kubectlOrFail('create service externalname out --external-name=example.org');
  expect(await namespace.kubectl('get svc')).toMatchInlineSnapshot(`
    NAME  TYPE  CLUSTER-IP  EXTERNAL-IP  PORT(S)  AGE
    none  ClusterIP  None  <none>  80/TCP  AGE
    out  ExternalName  <none>  example.org  <none>  AGE
  `);
});

test.concurrent('create job runs it to its end', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('create job once --image=kforge.test/busybox:1 -- sh -c true')).toMatchInlineSnapshot(
    `job.batch/once created`,
  );
  expect(await namespace.kubectl('wait --for=condition=Complete job/once --timeout=30s')).toMatchInlineSnapshot(
    `job.batch/once condition met`,
  );
  expect(await namespace.kubectl('get job once')).toMatchInlineSnapshot(`
    NAME  STATUS  COMPLETIONS  DURATION  AGE
    once  Complete  1/1  AGE  AGE
  `);
});

test.concurrent('create cronjob keeps its schedule, and job --from takes its template', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(
    await namespace.kubectl('create cronjob tick --image=kforge.test/busybox:1 --schedule', '0 0 1 1 *', '--', 'true'),
  ).toMatchInlineSnapshot(`cronjob.batch/tick created`);
  expect(await namespace.kubectl('get cronjob tick')).toMatchInlineSnapshot(`
    NAME  SCHEDULE  TIMEZONE  SUSPEND  ACTIVE  LAST SCHEDULE  AGE
    tick  0 0 1 1 *  <none>  False  0  <none>  AGE
  `);
  expect(await namespace.kubectl('create job now --from=cronjob/tick')).toMatchInlineSnapshot(`job.batch/now created`);
  const { metadata } = await namespace.get('job now');
  expect([metadata.ownerReferences[0].kind, metadata.annotations]).toEqual([
    'CronJob',
    { 'cronjob.kubernetes.io/instantiate': 'manual' },
  ]);
});

test.concurrent('create ingress keeps its rules', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('create ingress web --rule=example.org/*=web:80 --class=any')).toMatchInlineSnapshot(
    `ingress.networking.k8s.io/web created`,
  );
  expect(await namespace.kubectl('get ingress web')).toMatchInlineSnapshot(`
    NAME  CLASS  HOSTS  ADDRESS  PORTS  AGE
    web  any  example.org  80  AGE
  `);
});

test.concurrent('create role, rolebinding and serviceaccount', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(
    await namespace.kubectl('create role reader --verb=get,list --resource=pods,deployments.apps'),
  ).toMatchInlineSnapshot(`role.rbac.authorization.k8s.io/reader created`);
  expect(
    await namespace.kubectl('create rolebinding reader --role=reader --serviceaccount=a:b --user=jane'),
  ).toMatchInlineSnapshot(`rolebinding.rbac.authorization.k8s.io/reader created`);
  expect(await namespace.kubectl('create serviceaccount robot')).toMatchInlineSnapshot(`serviceaccount/robot created`);
  expect(await namespace.kubectl('get rolebinding reader -o wide')).toMatchInlineSnapshot(`
    NAME  ROLE  AGE  USERS  GROUPS  SERVICEACCOUNTS
    reader  Role/reader  AGE  jane  a/b
  `);
  expect(await namespace.kubectl('describe role reader')).toMatchInlineSnapshot(`
    Name:  reader
    Labels:  <none>
    Annotations:  <none>
    PolicyRule:
      Resources  Non-Resource URLs  Resource Names  Verbs
      ---------  -----------------  --------------  -----
      pods  []  []  [get list]
      deployments.apps  []  []  [get list]
  `);
});

test.concurrent('create clusterrole and clusterrolebinding', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const name = `${namespace.name}-reader`;
  namespace.alsoDelete(`clusterrole/${name}`, `clusterrolebinding/${name}`);
  expect(
    await namespace.kubectl(`create clusterrole ${name} --verb=get --non-resource-url=/metrics`),
  ).toMatchInlineSnapshot(`clusterrole.rbac.authorization.k8s.io/NAMESPACE-reader created`);
  expect(
    await namespace.kubectl(`create clusterrolebinding ${name} --clusterrole=${name} --group=g`),
  ).toMatchInlineSnapshot(`clusterrolebinding.rbac.authorization.k8s.io/NAMESPACE-reader created`);
  expect(await namespace.kubectl(`get clusterrolebinding ${name}`)).toMatchInlineSnapshot(`
    NAME  ROLE  AGE
    NAMESPACE-reader  ClusterRole/NAMESPACE-reader  AGE
  `);
});

test.concurrent('create token prints a token of the service account', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectlOrFail('create token default --duration=10m')).toMatch(/^\S{20,}\s*$/);
  expect(await namespace.kubectl('create token nobody')).toMatchInlineSnapshot(`
    ! error: failed to create token: serviceaccounts "nobody" not found
    exit code 1
  `);
});

test.concurrent('create quota and poddisruptionbudget', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('create quota small --hard=pods=2')).toMatchInlineSnapshot(
    `resourcequota/small created`,
  );
  expect(await namespace.kubectl('create pdb web --selector=app=web --min-available=1')).toMatchInlineSnapshot(
    `poddisruptionbudget.policy/web created`,
  );
  expect(await namespace.field('quota small', '.spec.hard.pods')).toBe('2');
  expect(await namespace.kubectl('get pdb web')).toMatchInlineSnapshot(`
    NAME  MIN AVAILABLE  MAX UNAVAILABLE  ALLOWED DISRUPTIONS  AGE
    web  1  N/A  0  AGE
  `);
});

test.concurrent('create priorityclass', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const name = `${namespace.name}-high`;
  namespace.alsoDelete(`priorityclass/${name}`);
  expect(await namespace.kubectl(`create priorityclass ${name} --value=1000`)).toMatchInlineSnapshot(
    `priorityclass.scheduling.k8s.io/NAMESPACE-high created`,
  );
  expect(await namespace.kubectl(`get priorityclass ${name}`)).toMatchInlineSnapshot(`
    NAME  VALUE  GLOBAL-DEFAULT  AGE  PREEMPTIONPOLICY
    NAMESPACE-high  1000  false  AGE  PreemptLowerPriority
  `);
});

test.concurrent('create --dry-run only prints', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(await namespace.kubectl('create deployment web --image=a --dry-run=client -o name')).toMatchInlineSnapshot(
    `deployment.apps/web`,
  );
  expect(await namespace.kubectl('create configmap a --dry-run=server')).toMatchInlineSnapshot(
    `configmap/a created (server dry run)`,
  );
  expect(await namespace.kubectl('get cm a')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): configmaps "a" not found
    exit code 1
  `);
});

test.concurrent('generateName makes a name up', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'made-' } };
  const { stdout } = await namespace.kubectlWith(
    object,
    'create -f - -o',
    'jsonpath={.metadata.name} {.metadata.generateName}',
  );
  expect(stdout).toBe('made-SUFFIX made-');
});

test.concurrent('run starts a pod', async ({ expect }) => {
  await using namespace = await freshNamespace();
  expect(
    await namespace.kubectl('run one --image=kforge.test/podserver:1 --port=8080 --labels=a=b --env=X=1'),
  ).toMatchInlineSnapshot(`pod/one created`);
  const { metadata, spec } = await namespace.get('pod one');
  expect([metadata.labels, spec.containers[0].env, spec.containers[0].ports]).toEqual([
    { a: 'b' },
    [{ name: 'X', value: '1' }],
    [{ containerPort: 8080, protocol: 'TCP' }],
  ]);
});

test.concurrent('expose makes a service for a deployment', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlOrFail('create deployment web --image=kforge.test/podserver:1 --port=8080');
  expect(await namespace.kubectl('expose deployment web --port=80')).toMatchInlineSnapshot(`service/web exposed`);
  const { spec } = await namespace.get('service web');
  expect([spec.selector, spec.ports]).toEqual([{ app: 'web' }, [{ port: 80, protocol: 'TCP', targetPort: 80 }]]);
});

test.concurrent('autoscale makes a horizontal pod autoscaler', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlOrFail('create deployment web --image=kforge.test/podserver:1');
  expect(await namespace.kubectl('autoscale deployment web --min=1 --max=3 --cpu=80%')).toMatchInlineSnapshot(
    `horizontalpodautoscaler.autoscaling/web autoscaled`,
  );
  const { spec } = await namespace.get('hpa web');
  expect([spec.minReplicas, spec.maxReplicas, spec.scaleTargetRef.name]).toEqual([1, 3, 'web']);
});
