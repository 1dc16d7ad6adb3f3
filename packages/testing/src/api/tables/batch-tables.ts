import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { age, humanDuration } from './human-duration.ts';
import { AGE, at, count, list, NAME, NONE, type TableLayouts, text, UNSET } from './table-layout.ts';
import { templateColumns } from './workload-tables.ts';

/** The columns of jobs and cron jobs, as the real API server prints them. */
export const BATCH_TABLES: TableLayouts = {
  'batch/Job': [
    NAME,
    { name: 'Status', cell: jobStatus },
    { name: 'Completions', cell: completions },
    { name: 'Duration', cell: jobDuration },
    AGE,
    ...templateColumns(['spec', 'template'], ['spec', 'selector']),
  ],
  'batch/CronJob': [
    NAME,
    { name: 'Schedule', cell: (object) => text(object, ['spec', 'schedule'], '') },
    { name: 'Timezone', cell: (object) => text(object, ['spec', 'timeZone']) },
    { name: 'Suspend', type: 'boolean', cell: suspended },
    { name: 'Active', type: 'integer', cell: (object) => list(object, 'status', 'active').length },
    { name: 'Last Schedule', cell: lastSchedule },
    AGE,
    ...templateColumns(['spec', 'jobTemplate', 'spec', 'template'], ['spec', 'jobTemplate', 'spec', 'selector']),
  ],
};

function jobStatus(job: KubernetesObject): string {
  const isTrue = (type: string) =>
    list(job, 'status', 'conditions').some((entry) => at(entry, 'type') === type && at(entry, 'status') === 'True');
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(isTrue) ?? 'Running';
}

function completions(job: KubernetesObject): string {
  const succeeded = count(job, 'status', 'succeeded');
  const wanted = at(job, 'spec', 'completions');
  if (typeof wanted === 'number') return `${succeeded}/${wanted}`;
  const parallelism = count(job, 'spec', 'parallelism');
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(job: KubernetesObject, now: number): string {
  const start = at(job, 'status', 'startTime');
  if (typeof start !== 'string') return '';
  const end = at(job, 'status', 'completionTime');
  return humanDuration((typeof end === 'string' ? Date.parse(end) : now) - Date.parse(start));
}

function suspended(cronJob: KubernetesObject): string {
  const value = at(cronJob, 'spec', 'suspend');
  if (typeof value !== 'boolean') return UNSET;
  return value ? 'True' : 'False';
}

function lastSchedule(cronJob: KubernetesObject, now: number): string {
  const time = at(cronJob, 'status', 'lastScheduleTime');
  return typeof time === 'string' ? age(time, now) : NONE;
}
