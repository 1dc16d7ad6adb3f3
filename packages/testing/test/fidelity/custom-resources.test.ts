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
