import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { metricsText } from './metrics-text.ts';
import { AGE, at, count, NAME, scalar, type TableLayouts, text, UNSET } from './table-layout.ts';

/** The columns of what limits how many pods there are and which go first, as the real API server prints them. */
export const SCALING_TABLES: TableLayouts = {
  'autoscaling/Scale': [
    NAME,
    { name: 'Desired', type: 'integer', cell: (scale) => count(scale, 'spec', 'replicas') },
    { name: 'Available', type: 'integer', cell: (scale) => count(scale, 'status', 'replicas') },
    AGE,
  ],
  'autoscaling/HorizontalPodAutoscaler': [
    NAME,
    { name: 'Reference', cell: reference },
    { name: 'Targets', cell: metricsText },
    { name: 'MinPods', cell: (object) => scalar(object, ['spec', 'minReplicas'], UNSET) },
    { name: 'MaxPods', cell: (object) => count(object, 'spec', 'maxReplicas') },
    { name: 'Replicas', cell: (object) => count(object, 'status', 'currentReplicas') },
    AGE,
  ],
  'policy/PodDisruptionBudget': [
    NAME,
    { name: 'Min Available', cell: (object) => scalar(object, ['spec', 'minAvailable'], 'N/A') },
    { name: 'Max Unavailable', cell: (object) => scalar(object, ['spec', 'maxUnavailable'], 'N/A') },
    {
      name: 'Allowed Disruptions',
      type: 'integer',
      cell: (object) => count(object, 'status', 'disruptionsAllowed'),
    },
    AGE,
  ],
  'scheduling.k8s.io/PriorityClass': [
    NAME,
    { name: 'Value', type: 'integer', cell: (object) => count(object, 'value') },
    { name: 'Global-Default', type: 'boolean', cell: (object) => at(object, 'globalDefault') === true },
    AGE,
    { name: 'PreemptionPolicy', cell: (object) => text(object, ['preemptionPolicy'], 'PreemptLowerPriority') },
  ],
};

function reference(autoscaler: KubernetesObject): string {
  return `${text(autoscaler, ['spec', 'scaleTargetRef', 'kind'], '')}/${text(autoscaler, ['spec', 'scaleTargetRef', 'name'], '')}`;
}
