import { loadRules } from '../../custom/custom-rules.ts';
import { readPath, withPath } from '../../custom/simple-path.ts';
import { invalid, invalidValue } from '../../errors/invalid.ts';
import { StatusError } from '../../errors/status-error.ts';
import { notFound } from '../../errors/statuses.ts';
import { sendJson } from '../../http/send.ts';
import { fieldsOf, listOf } from '../../objects/defaults/fields.ts';
import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import type { ResourceKind, ScalePaths } from '../../state/resource-kind.ts';
import { objectFormat } from '../object-format.ts';
import { ServedObjects } from '../served-objects.ts';
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

/** What an int32 holds. */
const MAX_REPLICAS = 2 ** 31 - 1;

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
  await loadRules(kind);
  // From here on nothing waits: no other request comes between.
  const current = currentOf(write);
  const next = isPatch ? patched({ write, schemas, patch: body, current: scaleOf(current, kind) }) : body;
  const replicas = readReplicas(next, current.metadata.name, kind);
  // The scale of another object, or of another version of it, is refused as that would be.
  const { name, namespace, uid, resourceVersion } = fieldsOf(next.metadata);
  const changed = {
    ...withPath(current, kind.scalePaths?.specReplicasPath ?? '.spec.replicas', replicas),
    metadata: { ...current.metadata, name, namespace, uid, resourceVersion },
  };
  const whole = { context, kind, subresource: undefined, through: 'scale' };
  const updated = updateObject({ ...whole, current, next: changed, options, schemas });
  sendScale(write, updated);
}

function sendScale({ context, kind, query, request, response }: NamedWriteRequest, object: KubernetesObject): void {
  const format = objectFormat({ accept: request.headers.accept, kind: SCALE_KIND, query, clock: context.clock });
  const scale = scaleOf(object, kind) as unknown as KubernetesObject;
  sendJson(response, { body: format.one(scale), contentType: format.contentType });
}

function currentOf({ context, kind, namespace, name }: NamedWriteRequest): KubernetesObject {
  const current = new ServedObjects({ store: context.store, kind }).get({ namespace, name });
  if (!current) throw notFound({ ...kind, name });
  return current;
}

function scaleOf(object: KubernetesObject, { scalePaths }: ResourceKind): RawObject {
  const { metadata, spec, status } = object;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    ...SCALE,
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    ...(scalePaths
      ? customScale(object, scalePaths)
      : {
          spec: { replicas: fieldsOf(spec).replicas ?? 0 },
          status: { replicas: fieldsOf(status).replicas ?? 0, selector: selectorText(fieldsOf(spec).selector) },
        }),
  };
}

/** @throws StatusError 500 for an object that does not say how many replicas it wants, as a real server answers that. */
function customScale(object: KubernetesObject, paths: ScalePaths): Pick<RawObject, 'spec' | 'status'> {
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = paths;
  const replicas = readPath(object, specReplicasPath);
  if (replicas === undefined) {
    const why = `the spec replicas field ${JSON.stringify(specReplicasPath)} does not exist`;
    const details = { causes: [{ reason: '', message: why, field: '' }] };
    throw new StatusError({ code: 500, reason: 'InternalError', message: `Internal error occurred: ${why}`, details });
  }
  const selector = labelSelectorPath === undefined ? undefined : readPath(object, labelSelectorPath);
  return {
    spec: { replicas },
    status: { replicas: readPath(object, statusReplicasPath) ?? 0, ...(selector !== undefined && { selector }) },
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

function readReplicas({ spec }: RawObject, name: string, { kind, group, scalePaths }: ResourceKind): number {
  const { replicas = 0 } = fieldsOf(spec);
  if (typeof replicas === 'number' && Number.isInteger(replicas) && replicas >= 0 && replicas <= MAX_REPLICAS) {
    return replicas;
  }
  if (scalePaths) {
    const own = [invalidValue(scalePaths.specReplicasPath, replicas, 'should be a non-negative integer')];
    throw invalid({ kind, group, name, causes: own });
  }
  const causes = [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')];
  throw invalid({ kind: 'Scale', group: 'autoscaling', name, causes });
}
