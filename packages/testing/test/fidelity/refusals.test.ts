import { expect, test } from 'vitest';
import { configMap, container, deployment, pod, service } from './helpers/objects.ts';
import { useNamespace } from './helpers/use-cluster.ts';

// Nothing is stored by these, but for what the tests say.
const shop = useNamespace(async (namespace) => {
  await namespace.create(configMap('taken', { a: '1' }), deployment('web', { replicas: 0 }), service('web'));
});

test('create of what exists fails', async () => {
  expect(await shop().kubectl('create configmap taken')).toMatchInlineSnapshot(`
    ! error: failed to create configmap: configmaps "taken" already exists
    exit code 1
  `);
  expect(await shop().kubectlWith(deployment('web'), 'create -f -')).toMatchInlineSnapshot(`
    ! Error from server (AlreadyExists): error when creating "STDIN": deployments.apps "web" already exists
    exit code 1
  `);
});

test('a name that is no name is refused', async () => {
  expect(await shop().kubectl('create configmap Not_A_Name')).toMatchInlineSnapshot(`
    ! error: failed to create configmap: ConfigMap "Not_A_Name" is invalid: metadata.name: Invalid value: "Not_A_Name": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
    exit code 1
  `);
  expect(await shop().kubectlWith(service('9web'), 'create -f -')).toMatchInlineSnapshot(`
    ! The Service "9web" is invalid: metadata.name: Invalid value: "9web": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')
    exit code 1
  `);
  expect(await shop().kubectl('create namespace Upper')).toMatchInlineSnapshot(`
    ! The Namespace "Upper" is invalid: metadata.name: Invalid value: "Upper": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')
    exit code 1
  `);
});

test('an object without a name is refused', async () => {
  expect(
    await shop().kubectlWith({ apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }, 'create -f -'),
  ).toMatchInlineSnapshot(`
    ! The ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required
    exit code 1
  `);
});

test('a field that is unknown is refused', async () => {
  const object = { ...configMap('strict', {}), colour: 'blue' };
  expect(await shop().kubectlWith(object, 'create -f -')).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "colour"
    exit code 1
  `);
  expect(await shop().kubectlWith(deployment('strict', { replica: 3 }), 'apply -f -')).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"
    exit code 1
  `);
});

test('a field that is unknown only warns with --validate=warn', async () => {
  const object = { ...configMap('lax', {}), colour: 'blue' };
  expect(await shop().kubectlWith(object, 'create --validate=warn -f -')).toMatchInlineSnapshot(`
    configmap/lax created
    ! Warning: unknown field "colour"
  `);
  expect(
    await shop().kubectlWith({ ...object, metadata: { name: 'laxer' } }, 'create --validate=false -f -'),
  ).toMatchInlineSnapshot(`configmap/laxer created`);
});

test('a value of the wrong type is refused', async () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'typed' }, data: { a: 1 } };
  expect(await shop().kubectlWith(object, 'create -f -')).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): error when creating "STDIN": ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string
    exit code 1
  `);
});

test('a pod without containers is refused', async () => {
  expect(await shop().kubectlWith(pod('empty', { containers: [] }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Pod "empty" is invalid: spec.containers: Required value
    exit code 1
  `);
});

test('a container without image and name is refused', async () => {
  expect(await shop().kubectlWith(pod('bare', { containers: [{}] }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Pod "bare" is invalid:
    ! * spec.containers[0].name: Required value
    ! * spec.containers[0].image: Required value
    exit code 1
  `);
});

test('a deployment whose selector does not match its template is refused', async () => {
  const object = deployment('odd', { selector: { matchLabels: { app: 'other' } } });
  expect(await shop().kubectlWith(object, 'create -f -')).toMatchInlineSnapshot(`
    ! The Deployment "odd" is invalid: spec.template.metadata.labels: Invalid value: {"app":"odd"}: \`selector\` does not match template \`labels\`
    exit code 1
  `);
});

test('a deployment without selector is refused', async () => {
  expect(await shop().kubectlWith(deployment('odd', { selector: undefined }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Deployment "odd" is invalid:
    ! * spec.selector: Required value
    ! * spec.template.metadata.labels: Invalid value: {"app":"odd"}: \`selector\` does not match template \`labels\`
    exit code 1
  `);
});

test('the selector of a deployment cannot be changed', async () => {
  const patch = {
    spec: { selector: { matchLabels: { more: 'x' } }, template: { metadata: { labels: { more: 'x' } } } },
  };
  const { code, stderr } = await shop().kubectl('patch deployment web -p', JSON.stringify(patch));
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^The Deployment "web" is invalid: spec\.selector: Invalid value: .*: field is immutable\n$/),
  ]);
});

test('the address of a service cannot be changed', async () => {
  expect(
    await shop().kubectl(
      'patch service web -p',
      '{"spec":{"clusterIP":"10.96.200.200","clusterIPs":["10.96.200.200"]}}',
    ),
  ).toMatchInlineSnapshot(`
    ! The Service "web" is invalid: spec.clusterIPs[0]: Invalid value: ["IP"]: may not change once set
    exit code 1
  `);
});

test('a service without ports is refused', async () => {
  expect(await shop().kubectlWith(service('portless', { ports: [] }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Service "portless" is invalid: spec.ports: Required value
    exit code 1
  `);
});

test('two ports of a service need names', async () => {
  const ports = [{ port: 1 }, { port: 2 }];
  expect(await shop().kubectlWith(service('nameless', { ports }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Service "nameless" is invalid:
    ! * spec.ports[0].name: Required value
    ! * spec.ports[1].name: Required value
    exit code 1
  `);
});

test('a port beyond 65535 is refused', async () => {
  const containers = [container({ ports: [{ containerPort: 70_000 }] })];
  expect(await shop().kubectlWith(pod('far', { containers }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Pod "far" is invalid: spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive
    exit code 1
  `);
});

test('replicas below zero are refused', async () => {
  expect(await shop().kubectlWith(deployment('less', { replicas: -1 }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Deployment "less" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0
    exit code 1
  `);
});

test('the image of a running pod may change, its command not', async () => {
  await shop().create(pod('fixed'));
  const { code, stderr } = await shop().kubectl(
    'patch pod fixed -p',
    '{"spec":{"containers":[{"name":"main","command":["x"]}]}}',
  );
  expect([code, stderr.split('\n')[0]]).toEqual([
    1,
    expect.stringContaining(
      'The Pod "fixed" is invalid: spec: Forbidden: pod updates may not change fields other than',
    ),
  ]);
});

test('a config map that is immutable stays as it is', async () => {
  await shop().create({ ...configMap('stone', { a: '1' }), immutable: true });
  expect(await shop().kubectl('patch cm stone -p {"data":{"a":"2"}}')).toMatchInlineSnapshot(`
    ! The ConfigMap "stone" is invalid: data: Forbidden: field is immutable when \`immutable\` is set
    exit code 1
  `);
});

test('the type of a secret cannot be changed', async () => {
  await shop().kubectlOrFail('create secret generic typed');
  expect(await shop().kubectl('patch secret typed -p {"type":"other"}')).toMatchInlineSnapshot(`
    ! The Secret "typed" is invalid: type: Invalid value: "other": field is immutable
    exit code 1
  `);
});

test('an object for a namespace that does not exist is refused', async () => {
  expect(await shop().kubectl('create configmap a -n nope')).toMatchInlineSnapshot(`
    ! error: failed to create configmap: namespaces "nope" not found
    exit code 1
  `);
  expect(await shop().kubectlWith(configMap('a', {}), 'apply -n nope -f -')).toMatchInlineSnapshot(`
    ! Error from server (NotFound): error when creating "STDIN": namespaces "nope" not found
    exit code 1
  `);
});

test('an object of another namespace than the asked one is refused', async () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'other' } };
  expect(await shop().kubectlWith(object, `create -n ${shop().name} -f -`)).toMatchInlineSnapshot(`
    ! error: the namespace from the provided object "other" does not match the namespace "NAMESPACE". You must pass '--namespace=other' to perform this operation.
    exit code 1
  `);
});

test('an object of a kind that is unknown is refused', async () => {
  const object = { apiVersion: 'nope.example/v1', kind: 'Nope', metadata: { name: 'a' } };
  expect(await shop().kubectlWith(object, 'create -f -')).toMatchInlineSnapshot(`
    ! error: resource mapping not found for name: "a" namespace: "" from "STDIN": no matches for kind "Nope" in version "nope.example/v1"
    ! ensure CRDs are installed first
    exit code 1
  `);
});

test('a pod of a service account that does not exist is refused', async () => {
  expect(await shop().kubectlWith(pod('lost', { serviceAccountName: 'nobody' }), 'create -f -')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): error when creating "STDIN": pods "lost" is forbidden: error looking up service account NAMESPACE/nobody: serviceaccount "nobody" not found
    exit code 1
  `);
});

test('the namespace default cannot be deleted', async () => {
  expect(await shop().kubectl('delete namespace default')).toMatchInlineSnapshot(`
    ! Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted
    exit code 1
  `);
});

test('a quantity that is none is refused', async () => {
  const containers = [{ ...container(), resources: { requests: { cpu: 'many' } } }];
  const { code, stderr } = await shop().kubectlWith(pod('greedy', { containers }), 'create -f -');
  expect([code, stderr]).toEqual([1, expect.stringContaining('quantities must match the regular expression')]);
});
