import type { Fields } from '../../documents/fields.ts';
import type { ObjectInput } from '../../state/kubernetes-object.ts';
import type { Addresses } from '../addresses.ts';
import { changeItems, fieldsOf, withDefaults } from './fields.ts';
import { podDefaults } from './pod-defaults.ts';
import { serviceDefaults } from './service-defaults.ts';
import {
  cronJobDefaults,
  daemonSetDefaults,
  deploymentDefaults,
  jobDefaults,
  replicaSetDefaults,
  statefulSetDefaults,
} from './workload-defaults.ts';

const RBAC_GROUP = 'rbac.authorization.k8s.io';

type Complete = (object: ObjectInput, addresses: Addresses) => Fields;

const ofSpec =
  (complete: (spec: unknown) => Fields): Complete =>
  (object) => ({ spec: complete(object.spec) });

/** By kind and group: what the server adds to the object. */
const DEFAULTS: Readonly<Record<string, Complete>> = {
  Namespace: (object) => ({
    spec: withDefaults(object.spec, { finalizers: ['kubernetes'] }),
    status: withDefaults(object.status, { phase: 'Active' }),
  }),
  PersistentVolumeClaim: (object) => ({
    spec: withDefaults(object.spec, { volumeMode: 'Filesystem' }),
    status: withDefaults(object.status, { phase: 'Pending' }),
  }),
  Pod: (object) => ({
    spec: podDefaults(object.spec),
    status: withDefaults(object.status, { phase: 'Pending', qosClass: 'BestEffort' }),
  }),
  Secret: secretDefaults,
  Service: (object, addresses) => ({
    spec: serviceDefaults(object.spec, addresses),
    status: withDefaults(object.status, { loadBalancer: {} }),
  }),
  'Deployment.apps': ofSpec(deploymentDefaults),
  'ReplicaSet.apps': ofSpec(replicaSetDefaults),
  'StatefulSet.apps': ofSpec(statefulSetDefaults),
  'DaemonSet.apps': ofSpec(daemonSetDefaults),
  'Job.batch': ofSpec(jobDefaults),
  'CronJob.batch': ofSpec(cronJobDefaults),
  'HorizontalPodAutoscaler.autoscaling': ofSpec((spec) => withDefaults(spec, { minReplicas: 1 })),
  'StorageClass.storage.k8s.io': (object) =>
    withDefaults(object, { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
  'PriorityClass.scheduling.k8s.io': (object) => withDefaults(object, { preemptionPolicy: 'PreemptLowerPriority' }),
  [`RoleBinding.${RBAC_GROUP}`]: bindingDefaults,
  [`ClusterRoleBinding.${RBAC_GROUP}`]: bindingDefaults,
  'NetworkPolicy.networking.k8s.io': ofSpec((spec) => {
    const { egress } = fieldsOf(spec);
    return withDefaults(spec, { policyTypes: egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'] });
  }),
  'CustomResourceDefinition.apiextensions.k8s.io': ofSpec(definitionDefaults),
};

/** The object with what a real API server fills in. */
export function withObjectDefaults(object: ObjectInput, addresses: Addresses): ObjectInput {
  const group = object.apiVersion.includes('/') ? `.${object.apiVersion.split('/')[0] ?? ''}` : '';
  const complete = DEFAULTS[`${object.kind}${group}`];
  return complete ? { ...object, ...complete(object, addresses) } : object;
}

/** `stringData` is for writing only: it goes into `data`. */
function secretDefaults({ stringData, ...object }: ObjectInput): Fields {
  const { data } = object;
  const texts = Object.entries(fieldsOf(stringData)).map(
    ([name, text]) => [name, Buffer.from(String(text), 'utf8').toString('base64')] as const,
  );
  const all = texts.length === 0 ? data : { ...fieldsOf(data), ...Object.fromEntries<string>(texts) };
  return {
    ...withDefaults(object, { type: 'Opaque' }),
    ...(all !== undefined && { data: all }),
    stringData: undefined,
  };
}

function bindingDefaults(object: ObjectInput): Fields {
  const complete = { ...object, roleRef: withDefaults(object.roleRef, { apiGroup: RBAC_GROUP }) };
  return changeItems(complete, 'subjects', (subject) =>
    subject.kind === 'ServiceAccount' ? subject : withDefaults(subject, { apiGroup: RBAC_GROUP }),
  );
}

function definitionDefaults(spec: unknown): Fields {
  const complete = withDefaults(spec, { conversion: { strategy: 'None' } });
  const names = fieldsOf(complete.names);
  const kind = typeof names.kind === 'string' ? names.kind : '';
  return { ...complete, names: withDefaults(names, { singular: kind.toLowerCase(), listKind: `${kind}List` }) };
}
