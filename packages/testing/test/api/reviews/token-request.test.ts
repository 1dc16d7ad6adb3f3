import { expect, test } from 'vitest';
import { Tokens } from '../../../src/access/tokens.ts';
import { answerTokenRequest } from '../../../src/api/reviews/token-request.ts';
import { FakeClock } from '../../../src/clock/fake-clock.ts';
import { ObjectStore } from '../../../src/state/object-store.ts';
import { ResourceKinds } from '../../../src/state/resource-kinds.ts';

const ROBOT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: 'shop' } };
const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } };

function start() {
  const clock = new FakeClock({ now: Date.UTC(2030, 0, 1) });
  const store = new ObjectStore({ historyLimit: 10, kinds: new ResourceKinds(), clock });
  const account = store.add(ROBOT);
  store.add(POD);
  const tokens = new Tokens({ clock });
  const request = (object: Readonly<Record<string, unknown>>, name = 'robot') =>
    answerTokenRequest({ object, namespace: 'shop', name, store, tokens, clock }) as {
      readonly status: { readonly token: string };
    };
  return { clock, store, tokens, account, request };
}

test('a service account gets a token for an hour', () => {
  const { clock, tokens, account, request } = start();
  const answer = request({});
  expect(answer).toEqual({
    kind: 'TokenRequest',
    apiVersion: 'authentication.k8s.io/v1',
    metadata: {
      name: 'robot',
      namespace: 'shop',
      uid: account.metadata.uid,
      creationTimestamp: '2030-01-01T00:00:00Z',
    },
    spec: { audiences: ['https://kubernetes.default.svc'], expirationSeconds: 3600, boundObjectRef: null },
    status: { token: answer.status.token, expirationTimestamp: '2030-01-01T01:00:00Z' },
  });
  expect(tokens.find(answer.status.token)).toMatchObject({
    name: 'system:serviceaccount:shop:robot',
    uid: account.metadata.uid,
    groups: ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
  });
  clock.advance(3_600_000);
  expect(tokens.find(answer.status.token)).toBeUndefined();
});

test('a token ends with its service account, even when another one of that name comes', () => {
  const { store, tokens, request } = start();
  const { token } = request({}).status;
  store.remove(store.keyOf(ROBOT));
  expect(tokens.find(token)).toBeUndefined();
  store.add(ROBOT);
  expect(tokens.find(token)).toBeUndefined();
});

test('a token ends with the object that it is bound to', () => {
  const { store, tokens, request } = start();
  const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name: 'web' };
  const { token } = request({ spec: { boundObjectRef } }).status;
  expect(tokens.find(token)).toBeDefined();
  store.remove(store.keyOf(POD));
  expect(tokens.find(token)).toBeUndefined();
});

test('a token for others is not accepted here', () => {
  const { tokens, request } = start();
  const find = (audiences: readonly string[]) => tokens.find(request({ spec: { audiences } }).status.token)?.name;
  expect(find(['vault'])).toBeUndefined();
  expect(find(['vault', 'https://kubernetes.default.svc'])).toBe('system:serviceaccount:shop:robot');
});

const INVALID = 'TokenRequest.authentication.k8s.io';

test.each<[code: number, message: string, object: Readonly<Record<string, unknown>>]>([
  [
    422,
    `${INVALID} "" is invalid: spec.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes`,
    { spec: { expirationSeconds: 599 } },
  ],
  [
    422,
    `${INVALID} "" is invalid: spec.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds`,
    { spec: { expirationSeconds: 2 ** 32 + 1 } },
  ],
  [400, 'spec.expirationSeconds is no whole number', { spec: { expirationSeconds: '3600' } }],
  [400, 'spec.audiences is no list', { spec: { audiences: 'vault' } }],
  [
    422,
    `${INVALID} "robot" is invalid: metadata.name: Invalid value: "other": must match the service account name if specified`,
    { metadata: { name: 'other' } },
  ],
  [
    400,
    'the namespace of the provided object does not match the namespace sent on the request',
    { metadata: { namespace: 'other' } },
  ],
  [404, 'pods "nope" not found', { spec: { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name: 'nope' } } }],
  [
    400,
    'cannot bind token to object of type /v1, Kind=ConfigMap',
    { spec: { boundObjectRef: { apiVersion: 'v1', kind: 'ConfigMap', name: 'web' } } },
  ],
  [400, 'Name parameter required.', { spec: { boundObjectRef: { apiVersion: 'v1', kind: 'Pod' } } }],
])('%d %s', (code, message, object) => {
  expect(() => start().request(object)).toThrow(expect.objectContaining({ code, message }));
});

test('an unknown service account has no token', () => {
  expect(() => start().request({}, 'nobody')).toThrow('serviceaccounts "nobody" not found');
});
