import { expect, test } from 'vitest';
import { container, deployment, pod, shellContainer } from './helpers/objects.ts';
import { useNamespace } from './helpers/use-cluster.ts';

const shop = useNamespace(async (namespace) => {
  await namespace.create(
    pod('talker', { containers: [shellContainer('echo one; echo two; echo three; sleep 3600')] }),
    pod('pair', {
      labels: { app: 'pair' },
      containers: [shellContainer('echo from a; sleep 3600', 'a'), shellContainer('echo from b; sleep 3600', 'b')],
    }),
    deployment('web', { containers: [shellContainer('echo from web; sleep 3600')] }),
    pod('done', { restartPolicy: 'Never', containers: [shellContainer('echo finished')] }),
    pod('crashing', { containers: [shellContainer('echo failing; exit 3')] }),
    pod('waiting', { containers: [container({ image: 'nope.invalid/x:1' })] }),
  );
  await namespace.rolledOut('web');
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/talker pod/pair --timeout=30s');
  await namespace.kubectlOrFail('wait --for=jsonpath={.status.phase}=Succeeded pod/done --timeout=30s');
});

test('logs prints what the container said', async () => {
  expect(await shop().kubectl('logs talker')).toMatchInlineSnapshot(`
    one
    two
    three
  `);
});

test('logs --tail prints the last lines', async () => {
  expect(await shop().kubectl('logs talker --tail=1')).toMatchInlineSnapshot(`three`);
  expect(await shop().kubectl('logs talker --tail=0')).toMatchInlineSnapshot(``);
});

test('logs --since prints what is young enough', async () => {
  expect(await shop().kubectl('logs talker --since=1h')).toMatchInlineSnapshot(`
    one
    two
    three
  `);
  expect(await shop().kubectl('logs talker --since-time=2100-01-01T00:00:00Z')).toMatchInlineSnapshot(``);
});

test('logs --timestamps begins each line with its time', async () => {
  expect(await shop().kubectl('logs talker --timestamps --tail=2')).toMatchInlineSnapshot(`
    TIME two
    TIME three
  `);
});

test('logs --limit-bytes cuts', async () => {
  expect(await shop().kubectl('logs talker --limit-bytes=5')).toMatchInlineSnapshot(`
    one
    t
  `);
});

test('logs -c chooses a container', async () => {
  expect(await shop().kubectl('logs pair -c b')).toMatchInlineSnapshot(`from b`);
});

test('logs of several containers takes the first and says so', async () => {
  expect(await shop().kubectl('logs pair')).toMatchInlineSnapshot(`
    from a
    ! Defaulted container "a" out of: a, b
  `);
});

test('logs --all-containers --prefix names where a line comes from', async () => {
  const { stdout } = await shop().kubectl('logs pair --all-containers --prefix');
  // kubectl asks for them in any order.
  expect(stdout.trimEnd().split('\n').sort()).toEqual(['[pod/pair/a] from a', '[pod/pair/b] from b']);
});

test('logs -l takes the pods that match', async () => {
  expect(await shop().kubectl('logs -l app=pair -c a')).toMatchInlineSnapshot(`from a`);
});

test('logs of a deployment takes one of its pods', async () => {
  expect(await shop().kubectl('logs deployment/web')).toMatchInlineSnapshot(`from web`);
});

test('logs of a pod that has ended are kept', async () => {
  expect(await shop().kubectl('logs done')).toMatchInlineSnapshot(`finished`);
});

test('logs -f ends with the container', async () => {
  await shop().create(
    pod('brief', { restartPolicy: 'Never', containers: [shellContainer('echo begin; sleep 1; echo end')] }),
  );
  await shop().kubectlOrFail('wait --for=condition=Ready pod/brief --timeout=30s');
  expect(await shop().kubectl('logs -f brief')).toMatchInlineSnapshot(`
    begin
    end
  `);
});

test('logs -f says what is there and stays', async () => {
  await using following = shop().start('logs -f talker --tail=1');
  expect(await following.nextLine()).toBe('three');
});

test('logs --previous prints the run before', async () => {
  await shop().kubectlOrFail(
    'wait --for=jsonpath={.status.containerStatuses[0].state.waiting.reason}=CrashLoopBackOff pod/crashing --timeout=30s',
  );
  expect(await shop().kubectl('logs crashing --previous')).toMatchInlineSnapshot(`failing`);
});

test('logs --previous without a run before fails', async () => {
  expect(await shop().kubectl('logs talker --previous')).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): previous terminated container "main" in pod "talker" not found
    exit code 1
  `);
});

test('logs of a container that waits fails', async () => {
  const { code, stderr } = await shop().kubectl('logs waiting');
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(
      /^Error from server \(BadRequest\): container "main" in pod "waiting" is waiting to start: (ContainerCreating|image can't be pulled|trying and failing to pull image)\n$/,
    ),
  ]);
});

test('logs of an unknown container or pod fails', async () => {
  expect(await shop().kubectl('logs talker -c nope')).toMatchInlineSnapshot(`
    ! error: container nope is not valid for pod talker
    exit code 1
  `);
  expect(await shop().kubectl('logs nope')).toMatchInlineSnapshot(`
    ! error: error from server (NotFound): pods "nope" not found in namespace "NAMESPACE"
    exit code 1
  `);
});

test('the server asks for a container where there are several', async () => {
  expect(await shop().kubectl(`get --raw /api/v1/namespaces/${shop().name}/pods/pair/log`)).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): a container name must be specified for pod pair, choose one of: [a b]
    exit code 1
  `);
});
