import { badRequest } from '../errors/statuses.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import type { ResourceKind } from '../state/resource-kind.ts';

/** Says whether an object is selected by its fields. */
export type FieldPredicate = (object: KubernetesObject) => boolean;

/** Where the value of a field is: the first of these paths that leads to something, or else the text for an absent one. */
interface Field {
  readonly paths: readonly string[];
  readonly absent: string;
}

function field(paths: string | readonly string[], absent = ''): Field {
  return { paths: typeof paths === 'string' ? [paths] : paths, absent };
}

/** Fields that are called as they are read. */
function plain(...paths: readonly string[]): Readonly<Record<string, Field>> {
  return Object.fromEntries(paths.map((path) => [path, field(path)]));
}

const NAME = plain('metadata.name');
const NAME_AND_NAMESPACE = plain('metadata.name', 'metadata.namespace');

/** What kinds with fields of their own can be selected by, by `group/kind`. */
const BY_KIND: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  '/Event': {
    ...NAME_AND_NAMESPACE,
    ...plain('involvedObject.kind', 'involvedObject.namespace', 'involvedObject.name', 'involvedObject.uid'),
    ...plain('involvedObject.apiVersion', 'involvedObject.resourceVersion', 'involvedObject.fieldPath'),
    ...plain('reason', 'reportingComponent', 'type'),
    source: field(['source.component', 'reportingComponent']),
  },
  'events.k8s.io/Event': { ...NAME_AND_NAMESPACE, ...plain('reason', 'reportingController', 'type') },
  '/Namespace': { ...NAME, ...plain('status.phase') },
  '/Node': { ...NAME, 'spec.unschedulable': field('spec.unschedulable', 'false') },
  '/Pod': {
    ...NAME_AND_NAMESPACE,
    ...plain('spec.nodeName', 'spec.restartPolicy', 'spec.schedulerName', 'spec.serviceAccountName'),
    ...plain('status.phase', 'status.podIP', 'status.podIPs', 'status.nominatedNodeName'),
    'spec.host': field('spec.nodeName'),
    'spec.hostNetwork': field('spec.hostNetwork', 'false'),
  },
  '/Secret': { ...NAME_AND_NAMESPACE, ...plain('type') },
  '/Service': { ...NAME_AND_NAMESPACE, ...plain('spec.clusterIP', 'spec.type') },
  'batch/Job': { ...NAME_AND_NAMESPACE, 'status.successful': field('status.succeeded', '0') },
};

/**
 * Parses a field selector such as `metadata.name=web,status.phase!=Failed` for one kind, with the fields a real server knows for it.
 * In a value, `\,` `\=` and `\\` stand for the second character.
 *
 * @throws StatusError 400 for a field that cannot be selected by, or text that is no selector.
 */
export function parseFieldSelector({ text, kind }: { text: string; kind: ResourceKind }): FieldPredicate {
  // In the order in which a server looks at them, so that the same mistake is named first.
  const terms = splitTerms(text)
    .toSorted()
    .map((term) => splitTerm({ term, selector: text }));
  // A server takes a bare operator for no condition at all.
  const predicates = terms.filter(({ name, value }) => name + value !== '').map((term) => predicateOf(term, kind));
  return (object) => predicates.every((matches) => matches(object));
}

interface Term {
  readonly name: string;
  readonly isNot: boolean;
  readonly value: string;
}

/** The terms between commas; what follows a backslash is part of a value. */
function splitTerms(text: string): readonly string[] {
  return text.match(/(?:\\.|[^\\,]|\\$)+/gsu) ?? [];
}

function splitTerm({ term, selector }: { term: string; selector: string }): Term {
  const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
  if (!match) throw badRequest(`invalid selector: '${selector}'; can't understand '${term}'`);
  const [, name = '', operator, value = ''] = match;
  return { name, isNot: operator === '!=', value: unescapeValue(value) };
}

function unescapeValue(text: string): string {
  return text.replaceAll(/\\(.?)|[,=]/gsu, (found, escaped: string | undefined) => {
    if (escaped === undefined) {
      throw badRequest(`invalid field selector: unescaped character in value: ${found.codePointAt(0)}`);
    }
    if (!['\\', ',', '='].includes(escaped)) {
      throw badRequest(`invalid field selector: invalid escape sequence: ${found}`);
    }
    return escaped;
  });
}

function predicateOf({ name, isNot, value }: Term, kind: ResourceKind): FieldPredicate {
  const known = (kind.isCustom === true ? undefined : BY_KIND[`${kind.group}/${kind.kind}`]) ?? NAME_AND_NAMESPACE;
  const found = Object.hasOwn(known, name) ? known[name] : undefined;
  if (found === undefined) throw badRequest(refusal(name, kind));
  return (object) => (read(object, found) === value) !== isNot;
}

/** Servers word it in three ways, by the kind. */
function refusal(name: string, kind: ResourceKind): string {
  if (kind.isCustom !== true) {
    const own = `${kind.group}/${kind.kind}`;
    if (own === 'batch/Job') return `field label ${JSON.stringify(name)} not supported for Job`;
    if (!Object.hasOwn(BY_KIND, own)) {
      return `${JSON.stringify(name)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
    }
  }
  return `field label not supported: ${name}`;
}

function read(object: KubernetesObject, { paths, absent }: Field): string {
  for (const path of paths) {
    let value: unknown = object;
    for (const name of path.split('.')) {
      value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    }
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    if (typeof value === 'string' && value !== '') return value;
  }
  return absent;
}
