import { badRequest } from '../errors/statuses.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ResourceKind } from '../state/resource-kind.ts';

/** Says whether an object is selected by its fields. */
export type FieldPredicate = (object: KubernetesObject) => boolean;

const EVERY_KIND = ['metadata.name', 'metadata.namespace'];
const BY_KIND: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Secret: ['type'],
  Namespace: ['status.phase'],
  Node: ['spec.unschedulable'],
  Job: ['status.successful'],
  ReplicaSet: ['status.replicas'],
  Service: ['spec.clusterIP', 'spec.type'],
};

/**
 * Parses a field selector such as `metadata.name=web,status.phase!=Failed` for one kind, with the fields a real server knows for it.
 *
 * @throws StatusError 400 for a field that cannot be selected by, or text that is no selector.
 */
export function parseFieldSelector({ text, kind }: { text: string; kind: ResourceKind }): FieldPredicate {
  const terms = text.split(',').filter((term) => term.trim() !== '');
  const predicates = terms.map((term) => parseTerm({ term, kind }));
  return (object) => predicates.every((matches) => matches(object));
}

function parseTerm({ term, kind }: { term: string; kind: ResourceKind }): FieldPredicate {
  const match = /^\s*([^!=\s]+)\s*(!=|==|=)\s*(.*?)\s*$/.exec(term);
  if (!match) throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`);
  const [, field = '', operator, value] = match;
  if (!EVERY_KIND.includes(field) && !BY_KIND[kind.kind]?.includes(field)) {
    throw badRequest(`field label not supported: ${field}`);
  }
  const path = field.split('.');
  return (object) => (read(object, path) === value) !== (operator === '!=');
}

/** A field that is absent counts as empty, as in Kubernetes. */
function read(object: KubernetesObject, path: readonly string[]): string {
  let value: unknown = object;
  for (const name of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
