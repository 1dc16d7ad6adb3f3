import { expect, test } from 'vitest';
import type { Authorize } from '../../../src/access/access-attempt.ts';
import { Authorizer } from '../../../src/access/authorizer.ts';
import { defaultAccessObjects } from '../../../src/access/default-access-objects.ts';
import { Tokens } from '../../../src/access/tokens.ts';
import type { User } from '../../../src/access/user.ts';
import { answerReview, isReviewKind, type ReviewKind } from '../../../src/api/reviews/answer-review.ts';
import { FakeClock } from '../../../src/clock/fake-clock.ts';
import { ObjectStore } from '../../../src/state/object-store.ts';
import { ResourceKinds } from '../../../src/state/resource-kinds.ts';

const JANE: User = { name: 'jane', groups: ['devs', 'system:authenticated'] };
const ROOT: User = { name: 'root', groups: ['system:masters', 'system:authenticated'] };
const LIST_PODS = { verb: 'list', resource: 'pods', namespace: 'shop' };

interface Question {
  readonly spec?: unknown;
  readonly user?: User;
  readonly namespace?: string;
  readonly authorize?: Authorize;
}

/** Answers in a cluster in which developers may view the namespace `shop`. */
function answer(kind: ReviewKind, { spec, user = JANE, namespace, authorize }: Question = {}) {
  const clock = new FakeClock({ now: Date.UTC(2030, 0, 1) });
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock });
  for (const object of defaultAccessObjects()) store.add(object);
  store.add({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'devs', namespace: 'shop' },
    roleRef: { kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'Group', name: 'devs' }],
  });
  store.add({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'broken', namespace: 'shop' },
    roleRef: { kind: 'Role', name: 'nope' },
    subjects: [{ kind: 'User', name: 'jane' }],
  });
  const tokens = new Tokens({ clock });
  tokens.issue({ user: 'jane', token: 'secret' });
  const authorizer = new Authorizer({ store, authorize });
  return answerReview({ kind, object: { spec }, namespace, user, authorizer, tokens, clock }) as {
    readonly metadata: object;
    readonly spec: unknown;
    readonly status: Readonly<Record<string, unknown>>;
  };
}

const BY_VIEW = 'RBAC: allowed by RoleBinding "devs/shop" of ClusterRole "view" to Group "devs"';

test('somebody asks what they may do themselves', () => {
  const spec = { resourceAttributes: LIST_PODS };
  expect(answer('SelfSubjectAccessReview', { spec })).toEqual({
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    metadata: {},
    spec,
    status: { allowed: true, reason: BY_VIEW },
  });
  expect(
    answer('SelfSubjectAccessReview', { spec: { resourceAttributes: { ...LIST_PODS, verb: 'delete' } } }).status,
  ).toEqual({
    allowed: false,
    reason: 'RBAC: role.rbac.authorization.k8s.io "nope" not found',
  });
  expect(answer('SelfSubjectAccessReview', { spec, user: ROOT }).status).toEqual({ allowed: true });
});

test('a review of a path is answered from the rules over paths', () => {
  const ask = (path: string) =>
    answer('SelfSubjectAccessReview', { spec: { nonResourceAttributes: { verb: 'get', path } } }).status.allowed;
  expect([ask('/healthz'), ask('/metrics')]).toEqual([true, false]);
});

test('somebody asks what another user or group may do', () => {
  const ask = (subject: object) =>
    answer('SubjectAccessReview', { spec: { ...subject, resourceAttributes: LIST_PODS }, user: ROOT }).status;
  expect(ask({ user: 'joe' })).toEqual({ allowed: false });
  expect(ask({ user: 'joe', groups: ['devs'] })).toEqual({ allowed: true, reason: BY_VIEW });
  expect(ask({ groups: ['devs'] })).toEqual({ allowed: true, reason: BY_VIEW });
});

test('a review within a namespace says which', () => {
  const spec = { user: 'joe', groups: ['devs'], resourceAttributes: LIST_PODS };
  const { metadata, status } = answer('LocalSubjectAccessReview', { spec, namespace: 'shop' });
  expect(metadata).toEqual({ namespace: 'shop' });
  expect(status).toEqual({ allowed: true, reason: BY_VIEW });
});

const NULL_ATTRIBUTES =
  'spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified';

test.each<[ReviewKind, unknown, string]>([
  ['SelfSubjectAccessReview', {}, NULL_ATTRIBUTES],
  ['SelfSubjectAccessReview', undefined, NULL_ATTRIBUTES],
  ['SubjectAccessReview', { user: 'joe' }, NULL_ATTRIBUTES],
  [
    'SubjectAccessReview',
    { resourceAttributes: LIST_PODS },
    'spec.user: Invalid value: "": at least one of user or group must be specified',
  ],
  [
    'SelfSubjectAccessReview',
    { resourceAttributes: LIST_PODS, nonResourceAttributes: { path: '/x' } },
    'spec.nonResourceAttributes: Invalid value: {"path":"/x"}: cannot be specified in combination with resourceAttributes',
  ],
  [
    'LocalSubjectAccessReview',
    { user: 'joe', resourceAttributes: { ...LIST_PODS, namespace: 'other' } },
    'spec.resourceAttributes.namespace: Invalid value: "other": must match metadata.namespace',
  ],
  [
    'LocalSubjectAccessReview',
    { user: 'joe', nonResourceAttributes: { path: '/x' } },
    'spec.nonResourceAttributes: Invalid value: {"path":"/x"}: disallowed on this kind of request',
  ],
])('%s with %j is invalid', (kind, spec, cause) => {
  expect(() => answer(kind, { spec, namespace: 'shop' })).toThrow(
    expect.objectContaining({ code: 422, message: `.authorization.k8s.io "" is invalid: ${cause}` }),
  );
});

test.each<[ReviewKind, unknown]>([
  ['SelfSubjectAccessReview', 'spec'],
  ['SelfSubjectAccessReview', { resourceAttributes: [] }],
  ['SelfSubjectAccessReview', { resourceAttributes: { verb: 7 } }],
  ['SubjectAccessReview', { user: 'joe', groups: 'devs', resourceAttributes: LIST_PODS }],
  ['SubjectAccessReview', { user: 'joe', groups: [1], resourceAttributes: LIST_PODS }],
  ['SelfSubjectRulesReview', {}],
  ['TokenReview', {}],
])('%s with %j is a bad request', (kind, spec) => {
  expect(() => answer(kind, { spec })).toThrow(expect.objectContaining({ code: 400 }));
});

test('somebody asks for all rules that count for them in a namespace', () => {
  const { status } = answer('SelfSubjectRulesReview', { spec: { namespace: 'shop' } });
  expect(status).toMatchObject({
    incomplete: false,
    evaluationError: 'role.rbac.authorization.k8s.io "nope" not found',
  });
  expect(status.resourceRules).toContainEqual({
    apiGroups: [''],
    resources: ['namespaces'],
    verbs: ['get', 'list', 'watch'],
  });
  expect(status.nonResourceRules).toContainEqual({
    nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
    verbs: ['get'],
  });
  expect(answer('SelfSubjectRulesReview', { spec: { namespace: 'other' } }).status.resourceRules).toHaveLength(2);
});

test('those who may do everything have rules for everything', () => {
  const stranger = { name: 'system:anonymous', groups: ['system:unauthenticated'], isUnrestricted: true };
  for (const user of [ROOT, stranger]) {
    const { status } = answer('SelfSubjectRulesReview', { spec: { namespace: 'shop' }, user });
    expect(status.resourceRules).toContainEqual({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
    expect(status.nonResourceRules).toContainEqual({ nonResourceURLs: ['*'], verbs: ['*'] });
  }
});

test('where a function of the test decides, reviews ask it, and the list of rules is incomplete', () => {
  const authorize: Authorize = ({ verb }) => verb === 'list';
  const ask = (verb: string) =>
    answer('SelfSubjectAccessReview', { spec: { resourceAttributes: { ...LIST_PODS, verb } }, authorize }).status;
  expect([ask('list'), ask('get')]).toEqual([{ allowed: true }, { allowed: false }]);
  expect(answer('SelfSubjectRulesReview', { spec: { namespace: 'shop' }, authorize }).status).toMatchObject({
    resourceRules: [],
    incomplete: true,
  });
});

test('somebody asks who they are', () => {
  const user = { name: 'jane', groups: ['devs'], uid: '7', extra: { scopes: ['all'] } };
  expect(answer('SelfSubjectReview', { user })).toEqual({
    kind: 'SelfSubjectReview',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: { creationTimestamp: '2030-01-01T00:00:00Z' },
    status: { userInfo: { username: 'jane', groups: ['devs'], uid: '7', extra: { scopes: ['all'] } } },
  });
});

test('somebody asks whose token that is', () => {
  const ask = (spec: object) => answer('TokenReview', { spec }).status;
  expect(ask({ token: 'secret' })).toMatchObject({
    authenticated: true,
    user: { username: 'jane', groups: ['system:authenticated'] },
    audiences: ['https://kubernetes.default.svc'],
  });
  const unknown = { user: {}, error: 'invalid bearer token' };
  expect([ask({ token: 'wrong' }), ask({ token: 'secret', audiences: ['other'] })]).toEqual([unknown, unknown]);
});

test('only the kinds of reviews are reviews', () => {
  expect(['SelfSubjectReview', 'Pod', 'constructor', '__proto__'].map(isReviewKind)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
