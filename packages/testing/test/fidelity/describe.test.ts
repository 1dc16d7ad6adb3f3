import { expect, test } from 'vitest';
import { linesOf } from './helpers/normalise.ts';
import { configMap, container, deployment, pod, service } from './helpers/objects.ts';
import { useNamespace } from './helpers/use-cluster.ts';

const shop = useNamespace(async (namespace) => {
  await namespace.create(
    configMap('settings', { colour: 'blue' }),
    deployment('web', { containers: [container({ name: 'web', ports: [{ name: 'http', containerPort: 8080 }] })] }),
    service('web'),
    pod('single', { labels: { app: 'single' } }),
  );
  await namespace.kubectlOrFail('create secret generic key --from-literal=password=hidden');
  await namespace.rolledOut('web');
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/single --timeout=30s');
});

/** The lines of a description that begin with the labels. */
async function described(what: string, ...labels: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await shop().kubectl(`describe ${what}`);
  return [...linesOf(stdout, ...labels), ...(code === 0 ? [] : [stderr, `exit code ${code}`])].join('\n');
}

test('describe pod tells how its container runs', async () => {
  const labels = [
    'Name:',
    'Namespace:',
    'Priority:',
    'Service Account:',
    'Labels:',
    'Status:',
    'IP:',
    'main:',
    'Image:',
  ];
  expect(
    await described(
      'pod single',
      ...labels,
      'State:',
      'Ready',
      'Restart Count:',
      'Environment:',
      'QoS Class:',
      'Tolerations:',
    ),
  ).toMatchInlineSnapshot(`
    "Name: single
    Namespace: NAMESPACE
    Priority: 0
    Service Account: default
    Labels: app=single
    Status: Running
    IP: IP
    IP: IP
    main:
    Image: kforge.test/podserver:1
    State: Running
    Ready: True
    Restart Count: 0
    Environment: <none>
    Ready True
    QoS Class: BestEffort
    Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for AGE"
  `);
});

test('describe pod tells its conditions', async () => {
  expect(
    await described('pod single', 'PodReady', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'),
  ).toMatchInlineSnapshot(`
    "Ready: True
    PodReadyToStartContainers True
    Initialized True
    Ready True
    ContainersReady True
    PodScheduled True"
  `);
});

test('describe pod tells its events', async () => {
  expect((await described('pod single', 'Normal', 'Warning')).split('\n').sort()).toEqual([
    'Normal Created AGE kubelet Created container: main',
    'Normal Pulled AGE kubelet Container image "kforge.test/podserver:1" already present on machine',
    'Normal Scheduled AGE default-scheduler Successfully assigned NAMESPACE/single to NODE',
    'Normal Started AGE kubelet Started container main',
  ]);
});

test('describe pod names the replica set that controls it', async () => {
  expect(await described('pod -l app=web', 'Controlled By:', 'Port:')).toMatchInlineSnapshot(`
    "Controlled By: ReplicaSet/web-HASH
    Port: 8080/TCP (http)"
  `);
});

test('describe deployment tells strategy, conditions and events', async () => {
  const { stdout } = await shop().kubectl('describe deployment web');
  expect(stdout).toMatchInlineSnapshot(`
    "Name:  web
    Namespace:  NAMESPACE
    CreationTimestamp:  TIME
    Labels:  app=web
    Annotations:  deployment.kubernetes.io/revision: 1
    Selector:  app=web
    Replicas:  1 desired | 1 updated | 1 total | 1 available | 0 unavailable
    StrategyType:  RollingUpdate
    MinReadySeconds:  0
    RollingUpdateStrategy:  25% max unavailable, 25% max surge
    Pod Template:
      Labels:  app=web
      Containers:
       web:
        Image:  kforge.test/podserver:1
        Port:  8080/TCP (http)
        Host Port:  0/TCP (http)
        Environment:  <none>
        Mounts:  <none>
      Volumes:  <none>
      Node-Selectors:  <none>
      Tolerations:  <none>
    Conditions:
      Type  Status  Reason
      ----  ------  ------
      Available  True  MinimumReplicasAvailable
      Progressing  True  NewReplicaSetAvailable
    OldReplicaSets:  <none>
    NewReplicaSet:  web-HASH (1/1 replicas created)
    Events:
      Type  Reason  Age  From  Message
      ----  ------  ----  ----  -------
      Normal  ScalingReplicaSet  AGE  deployment-controller  Scaled up replica set web-HASH from 0 to 1
    "
  `);
});

test('describe replicaset tells its owner and its pods', async () => {
  expect(await described('rs', 'Controlled By:', 'Replicas:', 'Pods Status:', 'Normal')).toMatchInlineSnapshot(`
    "Controlled By: Deployment/web
    Replicas: 1 current / 1 desired
    Pods Status: 1 Running / 0 Waiting / 0 Succeeded / 0 Failed
    Normal SuccessfulCreate AGE replicaset-controller Created pod: web-HASH-SUFFIX"
  `);
});

test('describe service tells ports and endpoints', async () => {
  expect(await shop().kubectl('describe service web')).toMatchInlineSnapshot(`
    Name:  web
    Namespace:  NAMESPACE
    Labels:  app=web
    Annotations:  <none>
    Selector:  app=web
    Type:  ClusterIP
    IP Family Policy:  SingleStack
    IP Families:  IPv4
    IP:  IP
    IPs:  IP
    Port:  http  80/TCP
    TargetPort:  8080/TCP
    Endpoints:  IP:8080
    Session Affinity:  None
    Internal Traffic Policy:  Cluster
    Events:  <none>
  `);
});

test('describe node tells its conditions and pods', async () => {
  const node = await shop().field('pod single', '.spec.nodeName');
  const text = await described(`node ${node}`, 'Ready', 'Unschedulable:', shop().name, 'NAMESPACE single', 'Taints:');
  expect(text).toMatchInlineSnapshot(`
    "Taints: <none>
    Unschedulable: false
    Ready True TIME TIME KubeletReady kubelet is posting ready status
    NAMESPACE single 0 (0%) 0 (0%) 0 (0%) 0 (0%) AGE"
  `);
});

test('describe secret hides the values', async () => {
  expect(await shop().kubectl('describe secret key')).toMatchInlineSnapshot(`
    Name:  key
    Namespace:  NAMESPACE
    Labels:  <none>
    Annotations:  <none>

    Type:  Opaque

    Data
    ====
    password:  6 bytes
  `);
});

test('describe configmap prints the values', async () => {
  expect(await shop().kubectl('describe cm settings')).toMatchInlineSnapshot(`
    Name:  settings
    Namespace:  NAMESPACE
    Labels:  <none>
    Annotations:  <none>

    Data
    ====
    colour:
    ----
    blue


    BinaryData
    ====

    Events:  <none>
  `);
});

test('describe namespace tells its status', async () => {
  expect(await shop().kubectl(`describe ns ${shop().name}`)).toMatchInlineSnapshot(`
    Name:  NAMESPACE
    Labels:  kubernetes.io/metadata.name=NAMESPACE
    Annotations:  <none>
    Status:  Active

    No resource quota.

    No LimitRange resource.
  `);
});

test('describe of a name that is unknown fails', async () => {
  expect(await shop().kubectl('describe pod nope')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): pods "nope" not found
    exit code 1
  `);
});
