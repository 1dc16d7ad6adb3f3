import { test } from 'vitest';
import { container, pod, shellContainer } from './helpers/objects.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

test.concurrent('a pod that crashes is started again and backs off', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('crashing', { containers: [shellContainer('exit 3')] }));
  await namespace.kubectlOrFail(
    'wait --for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=CrashLoopBackOff pod/crashing --timeout=30s',
  );
  const { stdout } = await namespace.kubectl('get pod crashing --no-headers');
  expect(stdout).toMatch(/^crashing {2}0\/1 {2}CrashLoopBackOff {2}\d+ \(AGE ago\) {2}AGE\n$/);
  const { status } = await namespace.get('pod crashing');
  const [main] = status.containerStatuses;
  expect([status.phase, main.lastState.terminated.exitCode, main.lastState.terminated.reason]).toEqual([
    'Running',
    3,
    'Error',
  ]);
  expect(main.state.waiting.message).toMatch(
    new RegExp(`^back-off 10s restarting failed container=main pod=crashing_${namespace.name}\\(.*\\)$`),
  );
});

test.concurrent('a pod that fails and is not to be restarted stays Error', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('failing', { restartPolicy: 'Never', containers: [shellContainer('exit 1')] }));
  await namespace.kubectlOrFail('wait --for=jsonpath={.status.phase}=Failed pod/failing --timeout=30s');
  expect(await namespace.kubectl('get pod failing')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    failing  0/1  Error  0  AGE
  `);
});

test.concurrent('a pod that is done is Completed', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('done', { restartPolicy: 'OnFailure', containers: [shellContainer('true')] }));
  await namespace.kubectlOrFail('wait --for=jsonpath={.status.phase}=Succeeded pod/done --timeout=30s');
  expect(await namespace.kubectl('get pod done')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    done  0/1  Completed  0  AGE
  `);
  const { status } = await namespace.get('pod done');
  expect(status.containerStatuses[0].state.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
  expect(status.conditions).toContainEqual(
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'PodCompleted' }),
  );
});

test.concurrent('an init container ends before the others start', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('ordered', { initContainers: [shellContainer('true', 'first')] }));
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/ordered --timeout=30s');
  const { status } = await namespace.get('pod ordered');
  expect(status.initContainerStatuses).toMatchObject([
    { name: 'first', ready: true, state: { terminated: { exitCode: 0, reason: 'Completed' } } },
  ]);
});

test.concurrent('an init container that fails keeps the pod from starting', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const initContainers = [shellContainer('exit 1', 'first')];
  await namespace.create(pod('stuck', { restartPolicy: 'Never', initContainers }));
  await namespace.kubectlOrFail('wait --for=jsonpath={.status.phase}=Failed pod/stuck --timeout=30s');
  expect(await namespace.kubectl('get pod stuck')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    stuck  0/1  Init:Error  0  AGE
  `);
});

test.concurrent('a pod whose image is not there tells it', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('lost', { containers: [container({ image: 'nope.invalid/x:1' })] }));
  await namespace.kubectlOrFail(
    'wait --for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=ImagePullBackOff pod/lost --timeout=30s',
  );
  expect(await namespace.kubectl('get pod lost')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    lost  0/1  ImagePullBackOff  0  AGE
  `);
  const { status } = await namespace.get('pod lost');
  expect(status.phase).toBe('Pending');
});

test.concurrent('a pod that fits no node stays pending and says why', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('homeless', { nodeSelector: { planet: 'mars' } }));
  await namespace.kubectlOrFail('wait --for=condition=PodScheduled=false pod/homeless --timeout=30s');
  expect(await namespace.kubectl('get pod homeless')).toMatchInlineSnapshot(`
    NAME  READY  STATUS  RESTARTS  AGE
    homeless  0/1  Pending  0  AGE
  `);
  const { status } = await namespace.get('pod homeless');
  expect(status.conditions).toMatchObject([{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]);
  expect(status.conditions[0].message).toMatch(
    /^0\/\d+ nodes are available: .*node\(s\) didn't match Pod's node affinity\/selector/,
  );
});

test.concurrent('a pod that is deleted with grace is Terminating', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const containers = [shellContainer('sleep 3600')];
  await namespace.create(pod('slow', { terminationGracePeriodSeconds: 30, containers }));
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/slow --timeout=30s');
  await namespace.kubectlOrFail('patch pod slow --type=merge -p {"metadata":{"finalizers":["kforge.example/hold"]}}');
  await namespace.kubectlOrFail('delete pod slow --wait=false');
  const { metadata } = await namespace.get('pod slow');
  expect([metadata.deletionGracePeriodSeconds, typeof metadata.deletionTimestamp]).toEqual([30, 'string']);
  expect((await namespace.kubectl('get pod slow --no-headers')).stdout).toMatch(
    /^slow {2}1\/1 {2}Terminating {2}0 {2}AGE\n$/,
  );
  await namespace.kubectlOrFail('patch pod slow --type=merge -p {"metadata":{"finalizers":null}}');
  expect(await namespace.kubectl('delete pod slow --force')).toMatchObject({ code: 0 });
});

test.concurrent('a job that fails too often is Failed', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const spec = {
    backoffLimit: 0,
    template: { spec: { restartPolicy: 'Never', containers: [shellContainer('exit 1')] } },
  };
  await namespace.create({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'once' }, spec });
  await namespace.kubectlOrFail('wait --for=condition=Failed job/once --timeout=30s');
  expect(await namespace.kubectl('get job once')).toMatchInlineSnapshot(`
    NAME  STATUS  COMPLETIONS  DURATION  AGE
    once  Failed  0/1  AGE  AGE
  `);
  const { status } = await namespace.get('job once');
  expect(status.conditions).toContainEqual(
    expect.objectContaining({
      type: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'Job has reached the specified backoff limit',
    }),
  );
});

test.concurrent('a job completes as many pods as it says', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const template = { spec: { restartPolicy: 'Never', containers: [shellContainer('true')] } };
  const spec = { completions: 2, parallelism: 2, template };
  await namespace.create({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'twice' }, spec });
  await namespace.kubectlOrFail('wait --for=condition=Complete job/twice --timeout=30s');
  expect(await namespace.kubectl('get job twice')).toMatchInlineSnapshot(`
    NAME  STATUS  COMPLETIONS  DURATION  AGE
    twice  Complete  2/2  AGE  AGE
  `);
  expect(
    await namespace.kubectl(
      'get events --field-selector involvedObject.name=twice,reason=Completed -o',
      'jsonpath={.items[*].message}',
    ),
  ).toMatchInlineSnapshot(`Job completed`);
});

test.concurrent('a service has the addresses of its ready pods alone', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.kubectlOrFail('create service clusterip web --tcp=80:8080');
  await namespace.create(pod('web-0', { labels: { app: 'web' } }));
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/web-0 --timeout=30s');
  const slices = 'endpointslices -l kubernetes.io/service-name=web';
  await using watching = namespace.start(`get ${slices} -w -o jsonpath={.endpoints[*].conditions.ready}{"\\n"}`);
  while ((await watching.nextLine()) !== 'true');
  await namespace.kubectlOrFail('label pod web-0 app-');
  while ((await watching.nextLine()) !== '');
  const { items } = await namespace.get(slices);
  expect([items[0].endpoints, items[0].metadata.ownerReferences[0].kind]).toEqual([null, 'Service']);
});
