import { expect, test } from 'vitest';
import { patchRefusal } from '../../src/schema/patch-refusal.ts';

// The words of a Kubernetes 1.34.
test('a strategic merge patch is shown as Go prints it', () => {
  const patch = { data: { b: 1, a: null, c: 'x"y', d: 1.5, e: true }, list: [1, { z: [] }] };
  const refusal = patchRefusal({ patch, object: {}, problem: 'cannot convert int64 to string' });
  const shown = 'map[data:map[a:<nil> b:1 c:x\\"y d:1.5 e:true] list:[1 map[z:[]]]]';
  expect(refusal.message).toBe(` "" is invalid: patch: Invalid value: "${shown}": cannot convert int64 to string`);
});

test('of other patches the object is shown that they leave', () => {
  const object = { kind: 'ConfigMap', data: { a: 1 }, apiVersion: 'v1' };
  const status = patchRefusal({ patch: undefined, object, problem: 'no' }).toStatus();
  const message = 'Invalid value: "{\\"apiVersion\\":\\"v1\\",\\"data\\":{\\"a\\":1},\\"kind\\":\\"ConfigMap\\"}": no';
  expect(status).toMatchObject({
    code: 422,
    reason: 'Invalid',
    message: ` "" is invalid: patch: ${message}`,
    details: { causes: [{ reason: 'FieldValueInvalid', message, field: 'patch' }] },
  });
  expect(status.details).not.toHaveProperty('kind');
});
