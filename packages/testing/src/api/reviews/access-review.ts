import type { AccessDecision, PathAttempt, ResourceAttempt } from '../../access/access-attempt.ts';
import type { User } from '../../access/user.ts';
import type { Fields } from '../../documents/fields.ts';
import { invalid, invalidValue } from '../../errors/invalid.ts';
import type { StatusError } from '../../errors/status-error.ts';
import type { ReviewRequest } from './answer-review.ts';
import { readFields, readText, readTexts } from './read-fields.ts';

const SPEC = 'spec';
const RESOURCE = 'spec.resourceAttributes';
const PATH = 'spec.nonResourceAttributes';

/**
 * Answers a SelfSubjectAccessReview (`kubectl auth can-i`), a SubjectAccessReview or a LocalSubjectAccessReview by what decides over requests,
 * too.
 *
 * @throws StatusError 400, 422 as `answerReview`.
 */
export function answerAccessReview({ kind, object, namespace, user, authorizer }: ReviewRequest): object {
  const spec = readFields(object.spec, SPEC) ?? {};
  const subject = kind === 'SelfSubjectAccessReview' ? user : readSubject(spec);
  const resource = readResourceAttempt(spec);
  const path = readPathAttempt(spec);
  if (resource && path)
    throw problem(PATH, spec.nonResourceAttributes, 'cannot be specified in combination with resourceAttributes');
  if (kind === 'LocalSubjectAccessReview') {
    if (path) throw problem(PATH, spec.nonResourceAttributes, 'disallowed on this kind of request');
    if (resource && resource.namespace !== namespace) {
      throw problem(`${RESOURCE}.namespace`, resource.namespace ?? '', 'must match metadata.namespace');
    }
  }
  let decision: AccessDecision;
  if (resource) decision = authorizer.decide(subject, resource);
  else if (path) decision = authorizer.decidePath(subject, path);
  else throw problem(RESOURCE, null, 'exactly one of nonResourceAttributes or resourceAttributes must be specified');
  const { allowed, reason } = decision;
  return {
    kind,
    apiVersion: 'authorization.k8s.io/v1',
    metadata: namespace === undefined ? {} : { namespace },
    spec,
    status: { allowed, ...(reason !== '' && { reason }) },
  };
}

function readSubject(spec: Fields): User {
  const name = readText(spec.user, 'spec.user');
  const groups = readTexts(spec.groups, 'spec.groups');
  if (name === '' && groups.length === 0)
    throw problem('spec.user', '', 'at least one of user or group must be specified');
  return { name, groups };
}

function readResourceAttempt(spec: Fields): ResourceAttempt | undefined {
  const attributes = readFields(spec.resourceAttributes, RESOURCE);
  if (!attributes) return undefined;
  const text = (field: string): string => readText(attributes[field], `${RESOURCE}.${field}`);
  return {
    verb: text('verb'),
    group: text('group'),
    resource: text('resource'),
    subresource: text('subresource') || undefined,
    namespace: text('namespace') || undefined,
    name: text('name') || undefined,
  };
}

function readPathAttempt(spec: Fields): PathAttempt | undefined {
  const attributes = readFields(spec.nonResourceAttributes, PATH);
  if (!attributes) return undefined;
  return { verb: readText(attributes.verb, `${PATH}.verb`), path: readText(attributes.path, `${PATH}.path`) };
}

/** A real server leaves out the kind in this message. */
function problem(field: string, value: unknown, detail: string): StatusError {
  return invalid({ kind: '', group: 'authorization.k8s.io', name: '', causes: [invalidValue(field, value, detail)] });
}
