import { expect, test } from 'vitest';
import { Authorizer } from '../../src/access/authorizer.ts';
import { defaultAccessObjects } from '../../src/access/default-access-objects.ts';
import type { User } from '../../src/access/user.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { ObjectStore } from '../../src/state/object-store.ts';
import { ResourceKinds } from '../../src/state/resource-kinds.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const JANE: User = { name: 'jane', groups: ['devs', 'system:authenticated'] };
const ROBOT: User = { name: 'system:serviceaccount:shop:robot', groups: ['system:authenticated'] };
const ANYBODY: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

interface BindingOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly role: `${'Role' | 'ClusterRole'}/${string}`;
  readonly subject: Readonly<Record<string, string>>;
}

function start() {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  for (const object of defaultAccessObjects()) store.add(object);
  return {
    store,
    authorizer: new Authorizer({ store }),
    bind: ({ name = 'given', namespace, role, subject }: BindingOptions) => {
      const [kind, roleName] = role.split('/');
      store.add({
        apiVersion: RBAC,
        kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
        metadata: { name, ...(namespace !== undefined && { namespace }) },
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: roleName },
        subjects: [subject],
      });
    },
  };
}

function pods(verb: string, namespace?: string, name?: string) {
  return { verb, group: '', resource: 'pods', subresource: undefined, namespace, name };
}

const JANE_SUBJECT = { kind: 'User', name: 'jane' };

test('without a binding a user may do nothing with resources', () => {
  const { authorizer } = start();
  expect(authorizer.decide(JANE, pods('list', 'shop'))).toEqual({ allowed: false, reason: '' });
});

test('system:masters and unrestricted users may do everything, whatever the roles say', () => {
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const authorizer = new Authorizer({ store });
  for (const user of [
    { name: 'root', groups: ['system:masters'] },
    { ...ANYBODY, isUnrestricted: true },
  ]) {
    expect(authorizer.decide(user, pods('delete', 'shop', 'web'))).toEqual({ allowed: true, reason: '' });
    expect(authorizer.decidePath(user, { verb: 'get', path: '/metrics' })).toEqual({ allowed: true, reason: '' });
  }
  expect(authorizer.decidePath(ANYBODY, { verb: 'get', path: '/healthz' }).allowed).toBe(false);
});

test.each<[who: string, user: User, subject: Readonly<Record<string, string>>, named: string]>([
  ['a user', JANE, JANE_SUBJECT, 'User "jane"'],
  ['a group', JANE, { kind: 'Group', name: 'devs' }, 'Group "devs"'],
  [
    'a service account',
    ROBOT,
    { kind: 'ServiceAccount', name: 'robot', namespace: 'shop' },
    'ServiceAccount "robot/shop"',
  ],
  [
    'a service account beside the binding',
    ROBOT,
    { kind: 'ServiceAccount', name: 'robot' },
    'ServiceAccount "robot/shop"',
  ],
])('a role binding gives %s a role in its namespace alone', (_who, user, subject, named) => {
  const { authorizer, bind } = start();
  bind({ namespace: 'shop', role: 'ClusterRole/view', subject });
  expect(authorizer.decide(user, pods('list', 'shop'))).toEqual({
    allowed: true,
    reason: `RBAC: allowed by RoleBinding "given/shop" of ClusterRole "view" to ${named}`,
  });
  for (const elsewhere of ['other', undefined])
    expect(authorizer.decide(user, pods('list', elsewhere)).allowed).toBe(false);
  expect(authorizer.decide({ name: 'joe', groups: [] }, pods('list', 'shop')).allowed).toBe(false);
});

test('a cluster role binding counts everywhere', () => {
  const { authorizer, bind } = start();
  bind({ role: 'ClusterRole/view', subject: JANE_SUBJECT });
  for (const namespace of ['shop', undefined]) {
    expect(authorizer.decide(JANE, pods('list', namespace))).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by ClusterRoleBinding "given" of ClusterRole "view" to User "jane"',
    });
  }
});

test.each([
  ['view', 'get', 'pods', true],
  ['view', 'get', 'secrets', false],
  ['view', 'delete', 'pods', false],
  ['edit', 'get', 'secrets', true],
  ['edit', 'create', 'pods', true],
  ['edit', 'create', 'roles', false],
  ['admin', 'create', 'roles', true],
  ['admin', 'create', 'nodes', false],
  ['cluster-admin', 'create', 'nodes', true],
])('the role %s: may %s %s? %s', (role, verb, resource, allowed) => {
  const { authorizer, bind } = start();
  bind({ namespace: 'shop', role: `ClusterRole/${role}`, subject: JANE_SUBJECT });
  const group = resource === 'roles' ? 'rbac.authorization.k8s.io' : '';
  const attempt = { verb, group, resource, subresource: undefined, namespace: 'shop', name: 'x' };
  expect(authorizer.decide(JANE, attempt).allowed).toBe(allowed);
});

test('the rules of a role are listed once, though others that it aggregates state them, too', () => {
  const { authorizer, bind } = start();
  bind({ namespace: 'shop', role: 'ClusterRole/admin', subject: { kind: 'User', name: 'boss' } });
  const boss: User = { name: 'boss', groups: [] };
  expect(authorizer.rulesFor(boss, 'shop').rules).toHaveLength(27);
  expect(authorizer.rulesFor(boss, 'other')).toEqual({ rules: [], isComplete: true, problem: '' });
});

test('a change counts from the next decision on', () => {
  const { store, authorizer, bind } = start();
  store.add({ apiVersion: RBAC, kind: 'Role', metadata: { name: 'reader', namespace: 'shop' }, rules: [] });
  bind({ namespace: 'shop', role: 'Role/reader', subject: JANE_SUBJECT });
  expect(authorizer.decide(JANE, pods('get', 'shop', 'web')).allowed).toBe(false);
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  store.replace({ apiVersion: RBAC, kind: 'Role', metadata: { name: 'reader', namespace: 'shop' }, rules });
  expect(authorizer.decide(JANE, pods('get', 'shop', 'web')).allowed).toBe(true);
  store.remove(store.keyOf({ apiVersion: RBAC, kind: 'RoleBinding', metadata: { name: 'given', namespace: 'shop' } }));
  expect(authorizer.decide(JANE, pods('get', 'shop', 'web')).allowed).toBe(false);
});

test('a label adds a ClusterRole to view, and by that to edit and admin', () => {
  const { store, authorizer, bind } = start();
  store.add({
    apiVersion: RBAC,
    kind: 'ClusterRole',
    metadata: { name: 'crons', labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' } },
    rules: [{ apiGroups: ['stable.example.com'], resources: ['crontabs'], verbs: ['get'] }],
  });
  const attempt = { ...pods('get', 'shop', 'one'), group: 'stable.example.com', resource: 'crontabs' };
  for (const role of ['view', 'edit', 'admin']) {
    const user = { name: role, groups: [] };
    expect(authorizer.decide(user, attempt).allowed).toBe(false);
    bind({ name: role, namespace: 'shop', role: `ClusterRole/${role}`, subject: { kind: 'User', name: role } });
    expect(authorizer.decide(user, attempt).allowed).toBe(true);
  }
});

test('cluster roles that aggregate each other come to an end', () => {
  const { store, authorizer, bind } = start();
  for (const [name, other] of [
    ['a', 'b'],
    ['b', 'a'],
  ] as const) {
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { is: other } }] };
    store.add({ apiVersion: RBAC, kind: 'ClusterRole', metadata: { name, labels: { is: name } }, aggregationRule });
  }
  bind({ role: 'ClusterRole/a', subject: JANE_SUBJECT });
  expect(authorizer.decide(JANE, pods('get', 'shop', 'web')).allowed).toBe(false);
});

test('a namespace lies in itself', () => {
  const { authorizer, bind } = start();
  bind({ namespace: 'shop', role: 'ClusterRole/view', subject: JANE_SUBJECT });
  const namespaces = { verb: 'get', group: '', resource: 'namespaces', subresource: undefined, namespace: undefined };
  expect(() => authorizer.require(JANE, { ...namespaces, name: 'shop' })).not.toThrow();
  expect(() => authorizer.require(JANE, { ...namespaces, name: 'other' })).toThrow(
    'namespaces "other" is forbidden: User "jane" cannot get resource "namespaces" in API group "" in the namespace "other"',
  );
});

test('everybody may read the paths of discovery, strangers only those of health', () => {
  const { authorizer } = start();
  const allowed = (user: User, path: string) => authorizer.decidePath(user, { verb: 'get', path }).allowed;
  expect(['/api', '/apis/apps/v1', '/healthz', '/metrics'].map((path) => allowed(JANE, path))).toEqual([
    true,
    true,
    true,
    false,
  ]);
  expect(['/api', '/healthz', '/version'].map((path) => allowed(ANYBODY, path))).toEqual([false, true, true]);
  expect(() => authorizer.requirePath(JANE, { verb: 'get', path: '/metrics' })).toThrow(
    /^forbidden: User "jane" cannot get path "\/metrics"$/,
  );
});

test('a refusal names the roles that bindings name and that do not exist', () => {
  const { authorizer, bind } = start();
  const refused = 'pods is forbidden: User "jane" cannot list resource "pods" in API group "" in the namespace "shop"';
  const message = () => {
    try {
      authorizer.require(JANE, pods('list', 'shop'));
    } catch (error) {
      return (error as Error).message;
    }
    return 'allowed';
  };
  expect(message()).toBe(refused);
  bind({ namespace: 'shop', role: 'Role/nope', subject: JANE_SUBJECT });
  expect(message()).toBe(`${refused}: RBAC: role.rbac.authorization.k8s.io "nope" not found`);
  bind({ name: 'second', namespace: 'shop', role: 'ClusterRole/gone', subject: JANE_SUBJECT });
  expect(message()).toBe(
    `${refused}: RBAC: [role.rbac.authorization.k8s.io "nope" not found, clusterrole.rbac.authorization.k8s.io "gone" not found]`,
  );
});

test('a binding that makes no sense gives nothing', () => {
  const { store, authorizer } = start();
  const binding = { apiVersion: RBAC, kind: 'ClusterRoleBinding' };
  const roleRef = { kind: 'ClusterRole', name: 'cluster-admin' };
  store.add({ ...binding, metadata: { name: 'a' }, roleRef, subjects: [null, 7, { kind: 'User' }, { name: 'jane' }] });
  store.add({ ...binding, metadata: { name: 'b' }, roleRef, subjects: 'jane' });
  store.add({ ...binding, metadata: { name: 'c' }, roleRef: null, subjects: [JANE_SUBJECT] });
  store.add({
    ...binding,
    metadata: { name: 'd' },
    roleRef: { kind: 'Role', name: 'x' },
    subjects: [{ kind: 'user', name: 'jane' }],
  });
  expect(authorizer.decide(JANE, pods('get', 'shop', 'web'))).toEqual({ allowed: false, reason: '' });
});

test('the function of a test decides alone over resources, and leaves paths open', () => {
  const { store } = start();
  const authorizer = new Authorizer({ store, authorize: ({ user, verb }) => user === 'jane' && verb === 'get' });
  expect(authorizer.decide(JANE, pods('get', 'shop', 'web')).allowed).toBe(true);
  expect(authorizer.decide({ name: 'root', groups: ['system:masters'] }, pods('get', 'shop')).allowed).toBe(false);
  expect(authorizer.decidePath(ANYBODY, { verb: 'get', path: '/metrics' }).allowed).toBe(true);
  const review = { ...pods('create'), group: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews' };
  expect(() => authorizer.require(JANE, review)).not.toThrow();
  expect(() => authorizer.require(JANE, { ...review, resource: 'subjectaccessreviews' })).toThrow();
});
