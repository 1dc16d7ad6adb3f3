import { expect, test } from 'vitest';
import { qosClass } from '../../src/runtime/qos-class.ts';

test('the class follows from requests and limits', () => {
  const full = { cpu: '1', memory: '1Gi' };
  expect(qosClass([{}, { requests: {} }])).toBe('BestEffort');
  expect(qosClass([{ requests: { cpu: '1' } }])).toBe('Burstable');
  expect(qosClass([{ limits: full, requests: full }, {}])).toBe('Burstable');
  expect(qosClass([{ limits: full, requests: { ...full, cpu: '500m' } }])).toBe('Burstable');
  expect(qosClass([{ limits: full, requests: full }, { limits: full }])).toBe('Guaranteed');
});
