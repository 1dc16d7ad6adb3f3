import type { Fields } from '../documents/fields.ts';
import { fieldsOf } from '../objects/defaults/fields.ts';

const COUNTED = ['cpu', 'memory'];

/** The quality of service of a pod, from the `resources` of its containers: what they ask for and how far they may go. */
export function qosClass(resources: readonly Fields[]): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = resources.map((one) => ({ limits: fieldsOf(one.limits), requests: fieldsOf(one.requests) }));
  const amount = (value: unknown) => value !== undefined && value !== '0' && value !== 0;
  const saysAnything = containers.some(({ limits, requests }) =>
    COUNTED.some((name) => amount(limits[name]) || amount(requests[name])),
  );
  if (!saysAnything) return 'BestEffort';
  const isFixed = containers.every(({ limits, requests }) =>
    COUNTED.every((name) => amount(limits[name]) && (requests[name] ?? limits[name]) === limits[name]),
  );
  return isFixed ? 'Guaranteed' : 'Burstable';
}
