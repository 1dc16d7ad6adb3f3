import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import type { Authorize } from '../../src/access/access-attempt.ts';
import { type AnonymousAccess, Authenticator, type Credentials } from '../../src/access/authenticator.ts';
import { Authorizer } from '../../src/access/authorizer.ts';
import { Tokens } from '../../src/access/tokens.ts';
import { FakeClock } from '../../src/clock/fake-clock.ts';
import { SystemClock } from '../../src/clock/system-clock.ts';
import { ObjectStore } from '../../src/state/object-store.ts';
import { ResourceKinds } from '../../src/state/resource-kinds.ts';

type Headers = Readonly<Record<string, string | readonly string[]>>;

function start({ anonymous = 'restricted', authorize }: { anonymous?: AnonymousAccess; authorize?: Authorize } = {}) {
  const clock = new FakeClock();
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock: new SystemClock() });
  const tokens = new Tokens({ clock });
  tokens.issue({ user: 'root', groups: ['system:masters'], token: 'root' });
  tokens.issue({ user: 'jane', token: 'jane', lifetimeMs: 1000 });
  const authorizer = new Authorizer({ store, authorize });
  const authenticator = new Authenticator({ tokens, anonymous, authorizer });
  return { clock, identify: (headers: Headers) => authenticator.identify(request(headers)) };
}

function request(headers: Headers): Credentials {
  const distinct = Object.entries(headers).map(([name, values]) => [name, [values].flat()] as const);
  return {
    url: '/api/v1/pods',
    socket: new Socket(),
    headers: Object.fromEntries(distinct.map(([name, values]) => [name, values.join(', ')])),
    headersDistinct: Object.fromEntries(distinct.map(([name, values]) => [name, [...values]])),
  };
}

const ROOT = { authorization: 'Bearer root' };
const JANE = { authorization: 'bearer jane' };

test('a bearer token says who it is until it expires', () => {
  const { clock, identify } = start();
  expect(identify(JANE)).toMatchObject({ name: 'jane', groups: ['system:authenticated'] });
  clock.advance(1000);
  expect(() => identify(JANE)).toThrow(expect.objectContaining({ code: 401, message: 'Unauthorized' }));
});

test.each<AnonymousAccess>(['unrestricted', 'restricted', 'refused'])(
  'a wrong token is refused where strangers are %s',
  (anonymous) => {
    expect(() => start({ anonymous }).identify({ authorization: 'Bearer wrong' })).toThrow(
      expect.objectContaining({ code: 401 }),
    );
  },
);

test.each([{}, { authorization: 'Bearer ' }, { authorization: 'Basic cm9vdDpyb290' }])(
  '%j are no credentials',
  (headers) => {
    const stranger = { name: 'system:anonymous', groups: ['system:unauthenticated'] };
    expect(start().identify(headers)).toEqual({ ...stranger, isUnrestricted: false });
    expect(start({ anonymous: 'unrestricted' }).identify(headers)).toEqual({ ...stranger, isUnrestricted: true });
    expect(() => start({ anonymous: 'refused' }).identify(headers)).toThrow(expect.objectContaining({ code: 401 }));
  },
);

test.each<[Headers, object]>([
  [{ 'impersonate-user': 'joe' }, { name: 'joe', groups: ['system:authenticated'] }],
  [
    { 'impersonate-user': 'joe', 'impersonate-group': ['a,b', 'c'], 'impersonate-uid': '77' },
    { name: 'joe', groups: ['a,b', 'c', 'system:authenticated'], uid: '77' },
  ],
  [
    { 'impersonate-user': 'joe', 'impersonate-extra-acme.com%2fproject': ['x', 'y'], 'impersonate-extra-%zz': '1' },
    { name: 'joe', groups: ['system:authenticated'], extra: { 'acme.com/project': ['x', 'y'], '%zz': ['1'] } },
  ],
  [
    { 'impersonate-user': 'system:serviceaccount:shop:robot' },
    {
      name: 'system:serviceaccount:shop:robot',
      groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
    },
  ],
  [
    { 'impersonate-user': 'system:serviceaccount:shop:robot', 'impersonate-group': 'devs' },
    { name: 'system:serviceaccount:shop:robot', groups: ['devs', 'system:authenticated'] },
  ],
  [{ 'impersonate-user': 'system:anonymous' }, { name: 'system:anonymous', groups: ['system:unauthenticated'] }],
  [
    { 'impersonate-user': 'joe', 'impersonate-group': 'system:unauthenticated' },
    { name: 'joe', groups: ['system:unauthenticated'] },
  ],
])('somebody who may impersonate everybody acts as %j', (headers, user) => {
  expect(start().identify({ ...ROOT, ...headers })).toEqual(user);
});

test('an empty name of a user impersonates nobody', () => {
  expect(start().identify({ ...ROOT, 'impersonate-user': '' }).name).toBe('root');
});

test.each<[Headers, string]>([
  [
    { 'impersonate-user': 'joe' },
    'users "joe" is forbidden: User "jane" cannot impersonate resource "users" in API group "" at the cluster scope',
  ],
  [
    { 'impersonate-user': 'system:serviceaccount:shop:robot' },
    'serviceaccounts "robot" is forbidden: User "jane" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "shop"',
  ],
])('who may not impersonate is refused: %j', (headers, message) => {
  expect(() => start().identify({ ...JANE, ...headers })).toThrow(expect.objectContaining({ code: 403, message }));
});

test('groups, extra values and the uid need a permission of their own', () => {
  const asked: string[] = [];
  const { identify } = start({
    authorize: ({ verb, group, resource, subresource, name }) => {
      asked.push([verb, group, resource, subresource, name].join(' '));
      return true;
    },
  });
  const headers = {
    'impersonate-user': 'joe',
    'impersonate-group': 'devs',
    'impersonate-uid': '7',
    'impersonate-extra-scopes': 'all',
  };
  identify({ ...JANE, ...headers });
  expect(asked).toEqual([
    'impersonate  users  joe',
    'impersonate  groups  devs',
    'impersonate authentication.k8s.io userextras scopes all',
    'impersonate authentication.k8s.io uids  7',
  ]);
});

test.each<Headers>([
  { 'impersonate-group': 'devs' },
  { 'impersonate-uid': '7' },
  { 'impersonate-extra-scopes': 'all' },
])('%j without a user is an error of the server', (headers) => {
  expect(() => start().identify({ ...ROOT, ...headers })).toThrow(
    expect.objectContaining({ code: 500, message: expect.stringContaining('without impersonating a user') as unknown }),
  );
});
