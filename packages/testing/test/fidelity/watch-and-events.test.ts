import { expect, test } from 'vitest';
import { normalise } from './helpers/normalise.ts';
import { configMap, container, pod } from './helpers/objects.ts';
import type { RunningProgram } from './helpers/programs.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

/** So many lines of what a program says, normalised. */
async function lines(program: RunningProgram, count: number): Promise<string[]> {
  const taken: string[] = [];
  while (taken.length < count) taken.push(normalise((await program.nextLine()) ?? '(its end)'));
  return taken;
}

test('get -w prints what is there, then each change', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('first', { a: '1' }));
  await using watching = namespace.start('get cm -w --field-selector metadata.name!=kube-root-ca.crt');
  expect(await lines(watching, 2)).toEqual(['NAME  DATA  AGE', 'first  1  AGE']);
  await namespace.create(configMap('second', { a: '1', b: '2' }));
  expect(await lines(watching, 1)).toEqual(['second  2  AGE']);
});

test('get -w --output-watch-events names what happened', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('first', { a: '1' }));
  await using watching = namespace.start('get cm first -w --output-watch-events');
  expect(await lines(watching, 2)).toEqual(['EVENT  NAME  DATA  AGE', 'ADDED  first  1  AGE']);
  await namespace.kubectlOrFail('patch cm first -p {"data":{"b":"2"}}');
  expect(await lines(watching, 1)).toEqual(['MODIFIED  first  2  AGE']);
  await namespace.kubectlOrFail('delete cm first');
  expect(await lines(watching, 1)).toEqual(['DELETED  first  2  AGE']);
});

test('get -w ends with --request-timeout', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(configMap('first', { a: '1' }));
  await using watching = namespace.start('get cm first -w --request-timeout=1s');
  const { code, stdout } = await watching.ended;
  expect([code, normalise(stdout)]).toEqual([0, 'NAME  DATA  AGE\nfirst  1  AGE\n']);
});

test('events tell the life of a pod', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/single --timeout=30s');
  const { stdout } = await namespace.kubectl(
    'events --for pod/single -o',
    'jsonpath={range .items[*]}{.type} {.reason}: {.message}{"\\n"}{end}',
  );
  // Scheduler and kubelet write within one second, to which events are sorted.
  expect(stdout.trimEnd().split('\n').sort()).toEqual([
    'Normal Created: Created container: main',
    'Normal Pulled: Container image "kforge.test/podserver:1" already present on machine',
    'Normal Scheduled: Successfully assigned NAMESPACE/single to NODE',
    'Normal Started: Started container main',
  ]);
});

test('events prints a table', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('broken', { containers: [container({ image: 'nope.invalid/x:1' })] }));
  await namespace.kubectlOrFail(
    'wait --for=jsonpath={.status.containerStatuses[0].state.waiting} pod/broken --timeout=30s',
  );
  const { stdout } = await namespace.kubectl('events --for pod/broken --types=Normal');
  expect(stdout.split('\n').slice(0, 2).join('\n')).toMatchInlineSnapshot(`
    "LAST SEEN  TYPE  REASON  OBJECT  MESSAGE
    AGE  Normal  Scheduled  Pod/broken  Successfully assigned NAMESPACE/broken to NODE"
  `);
});

test('get events chooses by the fields of the object', async () => {
  await using namespace = await freshNamespace();
  await namespace.create(pod('single'));
  await namespace.kubectlOrFail('wait --for=condition=Ready pod/single --timeout=30s');
  expect(
    await namespace.kubectl('get events --field-selector involvedObject.name=single,reason=Scheduled'),
  ).toMatchInlineSnapshot(`
    LAST SEEN  TYPE  REASON  OBJECT  MESSAGE
    AGE  Normal  Scheduled  pod/single  Successfully assigned NAMESPACE/single to NODE
  `);
  expect(await namespace.kubectl('get events --field-selector involvedObject.name=nope')).toMatchInlineSnapshot(
    `! No resources found in NAMESPACE namespace.`,
  );
});
