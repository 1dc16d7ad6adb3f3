import { badRequest } from '../../errors/statuses.ts';
import type { ReviewRequest } from './answer-review.ts';
import { readFields, readText } from './read-fields.ts';

/** Answers a SelfSubjectRulesReview (`kubectl auth can-i --list`). @throws StatusError 400 without a namespace. */
export function answerRulesReview({ object, user, authorizer }: ReviewRequest): object {
  const namespace = readText(readFields(object.spec, 'spec')?.namespace, 'spec.namespace');
  if (namespace === '') throw badRequest('no namespace on request');
  const { rules, isComplete, problem } = authorizer.rulesFor(user, namespace);
  const resourceRules = rules
    .filter(({ resources }) => resources.length > 0)
    .map(({ verbs, apiGroups, resources, resourceNames }) => ({
      verbs,
      apiGroups,
      resources,
      ...(resourceNames.length > 0 && { resourceNames }),
    }));
  const nonResourceRules = rules
    .filter(({ nonResourceURLs }) => nonResourceURLs.length > 0)
    .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs }));
  return {
    kind: 'SelfSubjectRulesReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    // A real server does not repeat the question either.
    spec: {},
    status: {
      resourceRules,
      nonResourceRules,
      incomplete: !isComplete,
      ...(problem !== '' && { evaluationError: problem }),
    },
  };
}
