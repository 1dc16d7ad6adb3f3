import { test } from 'vitest';
import { gadgetDefinition } from './helpers/gadget-definition.ts';
import type { TestNamespace } from './helpers/test-namespace.ts';
import { useCluster } from './helpers/use-cluster.ts';

const freshNamespace = useCluster();

/** The plural name of the custom resource of a test, which its namespace makes unique. */
function groupOf(namespace: TestNamespace): string {
  return `${namespace.name}.example`;
}

function gadget(group: string, spec: object): object {
  return { apiVersion: `${group}/v1`, kind: 'Gadget', metadata: { name: 'one' }, spec };
}

async function withDefinition(namespace: TestNamespace): Promise<string> {
  const group = groupOf(namespace);
  namespace.alsoDelete(`crd/gadgets.${group}`);
  await namespace.create(gadgetDefinition(group));
  await namespace.kubectlOrFail(`wait --for=condition=Established crd/gadgets.${group} --timeout=30s`);
  return group;
}

test.concurrent('a custom resource definition becomes established', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = groupOf(namespace);
  namespace.alsoDelete(`crd/gadgets.${group}`);
  expect(await namespace.kubectlWith(gadgetDefinition(group), 'create -f -')).toMatchInlineSnapshot(
    `customresourcedefinition.apiextensions.k8s.io/gadgets.NAMESPACE.example created`,
  );
  expect(
    await namespace.kubectl(`wait --for=condition=Established crd/gadgets.${group} --timeout=30s`),
  ).toMatchInlineSnapshot(`customresourcedefinition.apiextensions.k8s.io/gadgets.NAMESPACE.example condition met`);
});

test.concurrent('custom resources are created, printed, changed and deleted as others', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  expect(await namespace.kubectlWith(gadget(group, { size: 3 }), 'apply -f -')).toMatchInlineSnapshot(
    `gadget.NAMESPACE.example/one created`,
  );
  expect(await namespace.kubectl(`get gadgets.${group}`)).toMatchInlineSnapshot(`
    NAME  SIZE
    one  3
  `);
  expect(await namespace.kubectlWith(gadget(group, { size: 4 }), 'apply -f -')).toMatchInlineSnapshot(
    `gadget.NAMESPACE.example/one configured`,
  );
  expect(
    await namespace.kubectl(`patch gadget.${group}/one --type=merge -p {"spec":{"size":5}}`),
  ).toMatchInlineSnapshot(`gadget.NAMESPACE.example/one patched`);
  expect((await namespace.get(`gadget.${group}/one`)).metadata.generation).toBe(3);
  expect(await namespace.kubectl(`delete gadget.${group} one`)).toMatchInlineSnapshot(
    `gadget.NAMESPACE.example "one" deleted from NAMESPACE namespace`,
  );
});

test.concurrent('custom resources refuse what their schema does not allow', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  expect(await namespace.kubectlWith(gadget(group, { size: 'big' }), 'create -f -')).toMatchInlineSnapshot(`
    ! The Gadget "one" is invalid: spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"
    exit code 1
  `);
});

test.concurrent('custom resources refuse fields that their schema does not have', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  expect(await namespace.kubectlWith(gadget(group, { nope: 1 }), 'create -f -')).toMatchInlineSnapshot(`
    ! Error from server (BadRequest): error when creating "STDIN": Gadget in version "v1" cannot be handled as a Gadget: strict decoding error: unknown field "spec.nope"
    exit code 1
  `);
});

test.concurrent('the status of a custom resource is changed by its subresource alone', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  await namespace.create(gadget(group, { size: 1 }));
  await namespace.kubectlOrFail(`patch gadget.${group} one --type=merge -p {"status":{"phase":"Done"}}`);
  expect((await namespace.get(`gadget.${group} one`)).status).toBeUndefined();
  await namespace.kubectlOrFail(
    `patch gadget.${group} one --subresource=status --type=merge -p {"status":{"phase":"Done"}}`,
  );
  const { status, metadata } = await namespace.get(`gadget.${group} one`);
  expect([status, metadata.generation]).toEqual([{ phase: 'Done' }, 1]);
});

test.concurrent('strategic patches of custom resources are refused', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  await namespace.create(gadget(group, { size: 1 }));
  expect(
    await namespace.kubectl(`patch gadget.${group} one --type=strategic -p {"spec":{"size":2}}`),
  ).toMatchInlineSnapshot(`
    ! error: application/strategic-merge-patch+json is not supported by NAMESPACE.example/v1, Kind=Gadget: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml
    exit code 1
  `);
});

test.concurrent('wait sees a field of a custom resource', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  await namespace.create(gadget(group, { colour: 'blue' }));
  expect(
    await namespace.kubectl(`wait --for=jsonpath={.spec.colour}=blue gadget.${group}/one --timeout=5s`),
  ).toMatchInlineSnapshot(`gadget.NAMESPACE.example/one condition met`);
});

test.concurrent('the end of a definition is the end of its resources', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withDefinition(namespace);
  await namespace.create(gadget(group, { size: 1 }));
  expect(await namespace.kubectl(`delete crd gadgets.${group}`)).toMatchInlineSnapshot(
    `customresourcedefinition.apiextensions.k8s.io "gadgets.NAMESPACE.example" deleted`,
  );
  expect(
    await namespace.kubectl(`get --raw /apis/${group}/v1/namespaces/${namespace.name}/gadgets`),
  ).toMatchInlineSnapshot(`
    ! Error from server (NotFound): the server could not find the requested resource
    exit code 1
  `);
});

/** A definition whose objects have several versions, defaults and replicas. */
function versionedDefinition(group: string): object {
  const count = { type: 'integer', minimum: 0, default: 2 };
  const status = { type: 'object', properties: { count: { type: 'integer' } } };
  const version = (name: string, fields: object) => ({
    name,
    served: true,
    storage: name === 'v1',
    subresources: { status: {}, scale: { specReplicasPath: '.spec.count', statusReplicasPath: '.status.count' } },
    schema: {
      openAPIV3Schema: {
        type: 'object',
        properties: { spec: { type: 'object', default: {}, properties: { count, ...fields } }, status },
      },
    },
  });
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `engines.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: 'engines', singular: 'engine', kind: 'Engine' },
      versions: [version('v1', { old: { type: 'string' } }), version('v2', { young: { type: 'string' } })],
    },
  };
}

async function withEngines(namespace: TestNamespace): Promise<string> {
  const group = groupOf(namespace);
  namespace.alsoDelete(`crd/engines.${group}`);
  await namespace.create(versionedDefinition(group));
  await namespace.kubectlOrFail(`wait --for=condition=Established crd/engines.${group} --timeout=30s`);
  return group;
}

test.concurrent('every version of a custom resource shows the same object', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withEngines(namespace);
  const engine = { apiVersion: `${group}/v1`, kind: 'Engine', metadata: { name: 'one' }, spec: { old: 'x' } };
  await namespace.create(engine);
  const inV1 = await namespace.get(`engines.v1.${group} one`);
  const inV2 = await namespace.get(`engines.v2.${group} one`);
  expect(inV1).toMatchObject({ apiVersion: `${group}/v1`, spec: { count: 2, old: 'x' } });
  expect(inV2).toMatchObject({ apiVersion: `${group}/v2`, metadata: { uid: inV1.metadata.uid } });
  expect(inV2.spec).toEqual({ count: 2 });
});

test.concurrent('a custom resource is scaled where its definition says', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withEngines(namespace);
  await namespace.create({ apiVersion: `${group}/v1`, kind: 'Engine', metadata: { name: 'one' } });
  expect(await namespace.kubectl(`scale engines.${group}/one --replicas=3`)).toMatchInlineSnapshot(
    `engine.NAMESPACE.example/one scaled`,
  );
  expect((await namespace.get(`engines.${group} one`)).spec).toEqual({ count: 3 });
});

test.concurrent('what is applied on the server must be in the schema', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = await withEngines(namespace);
  const engine = { apiVersion: `${group}/v1`, kind: 'Engine', metadata: { name: 'one' }, spec: { nope: 'x' } };
  expect(await namespace.kubectlWith(engine, 'apply --server-side -f -')).toMatchInlineSnapshot(`
    ! Error from server: failed to create typed patch object (NAMESPACE/one; NAMESPACE.example/v1, Kind=Engine): .spec.nope: field not declared in schema
    exit code 1
  `);
});

test.concurrent('a definition without a type in its schema is refused', async ({ expect }) => {
  await using namespace = await freshNamespace();
  const group = groupOf(namespace);
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec: {} } } };
  const versions = [{ name: 'v1', served: true, storage: true, schema }];
  const names = { plural: 'engines', kind: 'Engine' };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `engines.${group}` },
    spec: { group, scope: 'Namespaced', names, versions },
  };
  expect(await namespace.kubectlWith(definition, 'create -f -')).toMatchInlineSnapshot(`
    ! The CustomResourceDefinition "engines.NAMESPACE.example" is invalid: spec.validation.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields
    exit code 1
  `);
});

test.concurrent('events are the same in both of their groups', async ({ expect }) => {
  await using namespace = await freshNamespace();
  await namespace.create({
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: 'one' },
    eventTime: '2026-01-01T00:00:00.000000Z',
    reportingController: 'example.com/test',
    reportingInstance: 'test-1',
    action: 'Testing',
    reason: 'Tested',
    regarding: { kind: 'ConfigMap', name: 'web', namespace: namespace.name },
    note: 'hello',
    type: 'Normal',
  });
  const core = { apiVersion: 'v1', message: 'hello', reportingComponent: 'example.com/test' };
  expect(await namespace.get('events one')).toMatchObject(core);
  const other = { apiVersion: 'events.k8s.io/v1', note: 'hello', reportingController: 'example.com/test' };
  expect(await namespace.get('events.v1.events.k8s.io one')).toMatchObject(other);
  expect(await namespace.kubectl('delete events.v1.events.k8s.io one')).toMatchInlineSnapshot(
    `event.events.k8s.io "one" deleted from NAMESPACE namespace`,
  );
});
