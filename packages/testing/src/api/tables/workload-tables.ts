import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { humanDuration } from './human-duration.ts';
import { AGE, at, type Column, count, labelsText, list, NAME, NONE, scalar } from './table-layout.ts';

function ofContainers(field: 'name' | 'image') {
  return (object: KubernetesObject): string =>
    list(object, 'spec', 'template', 'spec', 'containers')
      .map((container) => at(container, field))
      .join(',');
}

const CONTAINERS: readonly Column[] = [
  { name: 'Containers', wide: true, cell: ofContainers('name') },
  { name: 'Images', wide: true, cell: ofContainers('image') },
];
const SELECTOR: Column = {
  name: 'Selector',
  wide: true,
  cell: (object) => labelsText(at(object, 'spec', 'selector', 'matchLabels')),
};

function counted(name: string, ...path: readonly string[]): Column {
  return { name, type: 'integer', cell: (object) => count(object, ...path) };
}

const READY_OF_WANTED: Column = {
  name: 'Ready',
  cell: (object) => `${count(object, 'status', 'readyReplicas')}/${scalar(object, ['spec', 'replicas'], '1')}`,
};

/** The columns of the workload kinds, as the real API server prints them. */
export const WORKLOAD_COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  Deployment: [
    NAME,
    READY_OF_WANTED,
    { ...counted('Up-to-date', 'status', 'updatedReplicas'), type: 'string' },
    { ...counted('Available', 'status', 'availableReplicas'), type: 'string' },
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  ReplicaSet: [
    NAME,
    counted('Desired', 'spec', 'replicas'),
    counted('Current', 'status', 'replicas'),
    counted('Ready', 'status', 'readyReplicas'),
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  StatefulSet: [NAME, READY_OF_WANTED, AGE, ...CONTAINERS],
  DaemonSet: [
    NAME,
    counted('Desired', 'status', 'desiredNumberScheduled'),
    counted('Current', 'status', 'currentNumberScheduled'),
    counted('Ready', 'status', 'numberReady'),
    counted('Up-to-date', 'status', 'updatedNumberScheduled'),
    counted('Available', 'status', 'numberAvailable'),
    { name: 'Node Selector', cell: (object) => labelsText(at(object, 'spec', 'template', 'spec', 'nodeSelector')) },
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
  Job: [
    NAME,
    { name: 'Status', cell: jobStatus },
    {
      name: 'Completions',
      cell: (object) => `${count(object, 'status', 'succeeded')}/${scalar(object, ['spec', 'completions'], '1')}`,
    },
    { name: 'Duration', cell: jobDuration },
    AGE,
    ...CONTAINERS,
    SELECTOR,
  ],
};

function jobStatus(job: KubernetesObject): string {
  const isTrue = (type: string) =>
    list(job, 'status', 'conditions').some((entry) => at(entry, 'type') === type && at(entry, 'status') === 'True');
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (job.metadata.deletionTimestamp !== undefined) return 'Terminating';
  return isTrue('Suspended') ? 'Suspended' : 'Running';
}

function jobDuration(job: KubernetesObject, now: number): string {
  const start = at(job, 'status', 'startTime');
  if (typeof start !== 'string') return NONE;
  const end = at(job, 'status', 'completionTime');
  return humanDuration((typeof end === 'string' ? Date.parse(end) : now) - Date.parse(start));
}
