import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { StatusError } from '../../src/errors/status-error.ts';
import { applyPatch } from '../../src/patch/apply-patch.ts';
import { applyJsonPatch } from '../../src/patch/json-patch.ts';
import type { JsonObject, MutableObject } from '../../src/patch/json-value.ts';
import { applyMergePatch } from '../../src/patch/merge-patch.ts';
import { applyStrategicMergePatch } from '../../src/patch/strategic-merge-patch.ts';
import { trackUpdate } from '../../src/patch/track-update.ts';
import { loadKubernetesSchemas } from '../../src/schema/kubernetes-schemas.ts';
import type { Schemas } from '../../src/schema/type-schema.ts';
import { PATCH_CASES, type PatchCase, type PatchStep } from './helpers/patch-cases.ts';
import { type Answer, connectToRealServer, type Send } from './helpers/real-server.ts';

const CONTEXT = process.env.KFORGE_TEST_CONTEXT;
const NAMESPACE = 'kforge-patch-test';
const NOW = '2030-01-01T00:00:00Z';
const MEDIA_TYPES = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;
const GROUPS: Readonly<Record<PatchCase['resource'], string>> = {
  deployments: '/apis/apps/v1',
  services: '/api/v1',
  configmaps: '/api/v1',
  podtemplates: '/api/v1',
  serviceaccounts: '/api/v1',
  roles: '/apis/rbac.authorization.k8s.io/v1',
  widgets: '/apis/patch-test.kforge/v1',
};
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const WIDGETS = 'widgets.patch-test.kforge';

let send: Send;
let schemas: Schemas;

describe.skipIf(CONTEXT === undefined)('patches do what a real server does', () => {
  beforeAll(async () => {
    send = await connectToRealServer(CONTEXT ?? '');
    schemas = await loadKubernetesSchemas();
    await send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: NAMESPACE } } });
    await createWidgets();
  }, 60_000);

  afterAll(async () => {
    await kubectl('delete', 'namespace', NAMESPACE);
    await kubectl('delete', 'customresourcedefinition', WIDGETS);
  }, 60_000);

  test.each(PATCH_CASES)('$title', async ({ object, creator = 'kubectl-create', resource, steps }) => {
    const list = `${GROUPS[resource]}/namespaces/${NAMESPACE}/${resource}`;
    const path = `${list}/subject`;
    await removeSubject(path);
    if (object !== undefined) {
      const created = await send({ method: 'POST', path: `${list}?fieldManager=${creator}`, body: object });
      expect(created.code).toBe(201);
      const ours = trackUpdate({
        before: undefined,
        after: withoutServerFields(created.body),
        fieldManager: creator,
        schemas,
        now: NOW,
      });
      expect(managersOf(ours), 'managedFields after the creation').toEqual(managersOf(created.body));
    }
    for (const [at, step] of steps.entries()) {
      const live = await send({ method: 'GET', path });
      const current = live.code === 404 ? undefined : live.body;
      const ours = await patchHere({ current, step, list });
      const theirs = await patchThere({ step, path });
      const where = `step ${at + 1}: ${JSON.stringify(step.patch)}`;
      expect({ ...comparable(ours), where }).toEqual({ ...comparable(theirs), where });
      expect({ managers: managersOf(ours.body), where }).toEqual({ managers: managersOf(theirs.body), where });
    }
    await removeSubject(path);
  });
});

interface LocalPatch {
  readonly current: JsonObject | undefined;
  readonly step: PatchStep;
  readonly list: string;
}

/** Patches with our functions; the defaults of the result come from a dry run on the real server. */
async function patchHere({ current, step, list }: LocalPatch): Promise<Answer> {
  const { manager: fieldManager = 'patcher', force = false, subresource } = step;
  try {
    const patched = patchObject({ current, step, fieldManager, force });
    const defaulted = await withDefaults({ object: patched, current, list, step });
    if (defaulted.code >= 300) return defaulted;
    const managedFields = (patched.metadata as JsonObject).managedFields;
    const after = { ...defaulted.body, metadata: { ...(defaulted.body.metadata as JsonObject), managedFields } };
    if (step.type === 'apply') return { code: 200, body: after };
    return { code: 200, body: trackUpdate({ before: current, after, fieldManager, schemas, now: NOW, subresource }) };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return { code: error.code, body: { ...error.toStatus() } };
  }
}

interface ObjectPatch {
  readonly current: JsonObject | undefined;
  readonly step: PatchStep;
  readonly fieldManager: string;
  readonly force: boolean;
}

function patchObject({ current, step, fieldManager, force }: ObjectPatch): JsonObject {
  const patch: unknown = JSON.parse(JSON.stringify(step.patch));
  if (step.type === 'apply') {
    return applyPatch({
      current,
      applied: patch as JsonObject,
      fieldManager,
      force,
      schemas,
      now: NOW,
      subresource: step.subresource,
    }).object;
  }
  if (current === undefined) throw new Error('there is nothing to patch');
  if (step.type === 'json') return applyJsonPatch({ object: current, patch });
  if (step.type === 'merge') return applyMergePatch({ object: current, patch });
  return applyStrategicMergePatch({ object: current, patch, schemas });
}

/** Lets the server fill in the defaults of an object, without keeping it. */
async function withDefaults({ object, current, list, step }: LocalPatch & { readonly object: JsonObject }) {
  const metadata: MutableObject = { ...(object.metadata as JsonObject), managedFields: undefined };
  // The deployment controller writes at the same time, and only custom resources must be updated with a version.
  if (list.endsWith('deployments')) metadata.resourceVersion = undefined;
  const body = { ...object, metadata };
  if (current === undefined) return send({ method: 'POST', path: `${list}?dryRun=All`, body });
  return send({ method: 'PUT', path: `${endpointOf(`${list}/subject`, step)}?dryRun=All`, body });
}

function patchThere({ step, path }: { step: PatchStep; path: string }): Promise<Answer> {
  const { type, patch, manager = 'patcher', force = false } = step;
  const query = `?fieldManager=${manager}${force ? '&force=true' : ''}`;
  return send({ method: 'PATCH', path: endpointOf(path, step) + query, body: patch, mediaType: MEDIA_TYPES[type] });
}

function endpointOf(path: string, { subresource }: PatchStep): string {
  return subresource === undefined ? path : `${path}/${subresource}`;
}

/** What must be the same here and there: the object without what the server and its controllers fill in, or the failure. */
function comparable({ code, body }: Answer): object {
  if (body.kind === 'Status') return { code, message: body.message, details: body.details ?? {} };
  const { status, metadata, ...rest } = body;
  const { uid, resourceVersion, creationTimestamp, generation, managedFields, namespace, annotations, ...others } =
    metadata as JsonObject;
  const { 'deployment.kubernetes.io/revision': __, ...notes } = (annotations ?? {}) as JsonObject;
  const conditions = body.kind === 'Service' ? status : undefined;
  return { rest: { ...rest, spec: withoutAddresses(rest.spec) }, conditions, others, notes };
}

/** A dry run assigns other addresses than the creation. */
function withoutAddresses(spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null) return spec;
  const { clusterIP: _, clusterIPs: __, ipFamilies: ___, ipFamilyPolicy: ____, ...rest } = spec as JsonObject;
  return rest;
}

function managersOf(object: JsonObject): readonly unknown[] {
  const metadata = (object.metadata ?? {}) as JsonObject;
  const entries = (metadata.managedFields ?? []) as readonly JsonObject[];
  return entries
    .filter((entry) => entry.manager !== 'kube-controller-manager')
    .map(({ time, ...entry }) => ({ ...entry, hasTime: time !== undefined }))
    .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

function keyOf({ operation, manager, apiVersion, subresource }: JsonObject): string {
  return JSON.stringify([operation, manager, apiVersion, subresource]);
}

/** What the server assigned after it had noted who wrote what. */
function withoutServerFields(object: JsonObject): JsonObject {
  const { managedFields: _, ...metadata } = object.metadata as JsonObject;
  return { ...object, spec: withoutAddresses(object.spec), metadata };
}

async function removeSubject(path: string): Promise<void> {
  const patch = { metadata: { finalizers: null } };
  await send({ method: 'PATCH', path, body: patch, mediaType: MEDIA_TYPES.merge });
  await send({ method: 'DELETE', path: `${path}?propagationPolicy=Background` });
}

async function createWidgets(): Promise<void> {
  const properties = {
    spec: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  };
  const version = {
    name: 'v1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema: { type: 'object', properties } },
  };
  const names = { plural: 'widgets', singular: 'widget', kind: 'Widget' };
  const spec = { group: 'patch-test.kforge', scope: 'Namespaced', names, versions: [version] };
  await send({
    method: 'POST',
    path: CRDS,
    body: {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: WIDGETS },
      spec,
    },
  });
  await kubectl('wait', '--for=condition=Established', `customresourcedefinition/${WIDGETS}`);
  const path = `/apis/patch-test.kforge/v1/namespaces/${NAMESPACE}/widgets`;
  // Nothing tells when the paths of a definition are there.
  while ((await send({ method: 'GET', path })).code !== 200) await setTimeout(100);
}

async function kubectl(...args: readonly string[]): Promise<void> {
  await promisify(execFile)('kubectl', ['--context', CONTEXT ?? '', ...args]);
}
