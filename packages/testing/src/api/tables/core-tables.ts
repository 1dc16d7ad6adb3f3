import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { AGE, at, type Column, list, NAME, scalar, size, type TableLayouts, text } from './table-layout.ts';

function quotaColumn(name: string, isShown: (resource: string) => boolean): Column {
  return {
    name,
    cell: (quota) =>
      Object.entries((at(quota, 'status', 'hard') ?? {}) as Record<string, unknown>)
        .filter(([resource]) => isShown(resource))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([resource, hard]) => `${resource}: ${scalar(quota, ['status', 'used', resource], '0')}/${String(hard)}`)
        .join(', '),
  };
}

const isLimit = (resource: string) => resource.startsWith('limits');

/** The columns of the small kinds of the core group, leases and webhook configurations, as the real API server prints them. */
export const CORE_TABLES: TableLayouts = {
  '/ConfigMap': [NAME, { name: 'Data', cell: (object) => size(object, 'data') + size(object, 'binaryData') }, AGE],
  '/Namespace': [NAME, { name: 'Status', cell: (object) => text(object, ['status', 'phase'], 'Active') }, AGE],
  '/ResourceQuota': [
    NAME,
    quotaColumn('Request', (resource) => !isLimit(resource)),
    quotaColumn('Limit', isLimit),
    AGE,
  ],
  '/Secret': [
    NAME,
    { name: 'Type', cell: (object) => text(object, ['type'], 'Opaque') },
    { name: 'Data', cell: (object) => size(object, 'data') },
    AGE,
  ],
  '/ServiceAccount': [NAME, { name: 'Secrets', cell: (object) => list(object, 'secrets').length }, AGE],
  'coordination.k8s.io/Lease': [
    NAME,
    { name: 'Holder', cell: (object) => text(object, ['spec', 'holderIdentity'], '') },
    AGE,
  ],
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': [NAME, webhooks(), AGE],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': [NAME, webhooks(), AGE],
};

function webhooks(): Column {
  return { name: 'Webhooks', type: 'integer', cell: (object: KubernetesObject) => list(object, 'webhooks').length };
}
