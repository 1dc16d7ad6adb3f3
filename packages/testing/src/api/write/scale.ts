import { invalid, invalidValue } from '../../errors/invalid.ts';
import { notFound } from '../../errors/statuses.ts';
import { sendJson } from '../../http/send.ts';
import { fieldsOf, listOf } from '../../objects/defaults/fields.ts';
import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { objectFormat } from '../object-format.ts';
import { type RawObject, requireObject } from './read-object.ts';
import { patched, readPatch } from './serve-patch.ts';
import { updateObject } from './update-object.ts';
import { writeOptions } from './write-options.ts';
import type { NamedWriteRequest } from './write-request.ts';

const SCALE = { apiVersion: 'autoscaling/v1', kind: 'Scale' };
/** As tables need it; nobody finds it in a path. */
const SCALE_KIND: ResourceKind = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  resource: 'scales',
  singular: 'scale',
  namespaced: true,
  verbs: [],
};

/** Answers a GET of `…/scale`. @throws StatusError 404. */
export function serveScale(write: NamedWriteRequest): void {
  sendScale(write, currentOf(write));
}

/**
 * Answers a PUT or PATCH of `…/scale`, which sets the number of replicas.
 *
 * @throws StatusError 400, 404, 409, 415, 422.
 */
export async function serveScaleChange(write: NamedWriteRequest): Promise<void> {
  const { context, kind, request } = write;
  const options = writeOptions(write);
  const isPatch = request.method === 'PATCH';
  const body = isPatch
    ? await readPatch(write)
    : await requireObject({ request, types: context.types, expected: SCALE });
  const schemas = await context.types.schemas();
  // From here on nothing waits: no other request comes between.
  const current = currentOf(write);
  const next = isPatch ? patched({ write, schemas, patch: body, current: scaleOf(current) }) : body;
  const replicas = readReplicas(next, current.metadata.name);
  const { resourceVersion } = fieldsOf(next.metadata);
  const changed = {
    ...current,
    metadata: { ...current.metadata, resourceVersion: isPatch ? undefined : resourceVersion },
    spec: { ...fieldsOf(current.spec), replicas },
  };
  const whole = { context, kind, subresource: undefined, through: 'scale' };
  const updated = updateObject({ ...whole, current, next: changed, options, schemas });
  sendScale(write, updated);
}

function sendScale({ context, query, request, response }: NamedWriteRequest, object: KubernetesObject): void {
  const format = objectFormat({ accept: request.headers.accept, kind: SCALE_KIND, query, clock: context.clock });
  const scale = scaleOf(object) as unknown as KubernetesObject;
  sendJson(response, { body: format.one(scale), contentType: format.contentType });
}

function currentOf({ context, kind, namespace, name }: NamedWriteRequest): KubernetesObject {
  const current = context.store.get({ kind, namespace, name });
  if (!current) throw notFound({ ...kind, name });
  return current;
}

function scaleOf({ metadata, spec, status }: KubernetesObject): RawObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    ...SCALE,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: fieldsOf(spec).replicas ?? 0 },
    status: { replicas: fieldsOf(status).replicas ?? 0, selector: selectorText(fieldsOf(spec).selector) },
  };
}

/** A selector as clients write it in a query. */
function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  const equal = Object.entries(fieldsOf(matchLabels)).map(([key, value]) => `${key}=${String(value)}`);
  const others = listOf(matchExpressions).map(({ key, operator, values }) => {
    const list = Array.isArray(values) ? values.join(',') : '';
    if (operator === 'Exists') return String(key);
    if (operator === 'DoesNotExist') return `!${String(key)}`;
    return `${String(key)} ${operator === 'In' ? 'in' : 'notin'} (${list})`;
  });
  return [...equal, ...others].join(',');
}

function readReplicas({ spec }: RawObject, name: string): number {
  const { replicas = 0 } = fieldsOf(spec);
  if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0) return replicas;
  const causes = [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')];
  throw invalid({ kind: 'Scale', group: 'autoscaling', name, causes });
}
