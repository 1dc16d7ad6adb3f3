import type { Fields } from '../../documents/fields.ts';
import { changeField, withDefaults } from './fields.ts';
import { podTemplateDefaults } from './pod-spec-defaults.ts';

const QUARTER = { maxUnavailable: '25%', maxSurge: '25%' };

/** `apps/v1` Deployment. */
export function deploymentDefaults(spec: unknown): Fields {
  const complete = withTemplate(spec, {
    replicas: 1,
    strategy: {},
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
  });
  return changeField(complete, 'strategy', (strategy) => rolling(strategy, QUARTER));
}

/** `apps/v1` ReplicaSet. */
export function replicaSetDefaults(spec: unknown): Fields {
  return withTemplate(spec, { replicas: 1 });
}

/** `apps/v1` StatefulSet. */
export function statefulSetDefaults(spec: unknown): Fields {
  const complete = withTemplate(spec, {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: {},
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  });
  return changeField(complete, 'updateStrategy', (strategy) => rolling(strategy, { partition: 0 }));
}

/** `apps/v1` DaemonSet. */
export function daemonSetDefaults(spec: unknown): Fields {
  const complete = withTemplate(spec, { updateStrategy: {}, revisionHistoryLimit: 10 });
  return changeField(complete, 'updateStrategy', (strategy) => rolling(strategy, { maxUnavailable: 1, maxSurge: 0 }));
}

/** `batch/v1` Job; its selector and labels need its uid and follow with its creation. */
export function jobDefaults(spec: unknown): Fields {
  const given = withDefaults(spec, {});
  const single = given.completions === undefined && given.parallelism === undefined;
  return withTemplate(spec, {
    ...(single && { completions: 1 }),
    parallelism: 1,
    backoffLimit: given.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1,
    completionMode: 'NonIndexed',
    suspend: false,
    manualSelector: false,
    podReplacementPolicy: given.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
  });
}

/** `batch/v1` CronJob. */
export function cronJobDefaults(spec: unknown): Fields {
  const complete = withDefaults(spec, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  });
  return changeField(complete, 'jobTemplate', (template) => {
    const { spec: jobSpec, ...rest } = withDefaults(template, { metadata: {} });
    const job = withDefaults(jobSpec, {});
    return { ...rest, spec: { ...job, template: podTemplateDefaults(job.template) } };
  });
}

function withTemplate(spec: unknown, defaults: Fields): Fields {
  const complete = withDefaults(spec, defaults);
  return { ...complete, template: podTemplateDefaults(complete.template) };
}

function rolling(strategy: Fields, defaults: Fields): Fields {
  const complete = withDefaults(strategy, { type: 'RollingUpdate' });
  if (complete.type !== 'RollingUpdate') return complete;
  return { ...complete, rollingUpdate: withDefaults(complete.rollingUpdate, defaults) };
}
