import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { at, firstFew, list, NONE, scalar, text } from './table-layout.ts';

const SHOWN = 2;

/** The metrics of an autoscaler as `cpu: 40%/80%, 3/10 (avg)`: what is measured, and what is aimed at. */
export function metricsText(autoscaler: KubernetesObject): string {
  const current = list(autoscaler, 'status', 'currentMetrics');
  const metrics = list(autoscaler, 'spec', 'metrics').map((metric, index) => metricText(metric, current[index]));
  return metrics.length === 0 ? NONE : firstFew(metrics, { max: SHOWN, separator: ', ' });
}

function metricText(metric: unknown, measured: unknown): string {
  const type = text(metric, ['type'], '');
  const field = type.charAt(0).toLowerCase() + type.slice(1);
  const target = at(metric, field, 'target');
  const now = at(measured, field, 'current');
  const average = at(target, 'averageValue') !== undefined;
  const value = (key: string) => `${scalar(now, [key], '<unknown>')}/${scalar(target, [key], '')}`;
  switch (type) {
    case 'Pods':
      return value('averageValue');
    case 'Object':
    case 'External':
      return average ? `${value('averageValue')} (avg)` : value('value');
    case 'Resource':
    case 'ContainerResource':
      return `${text(metric, [field, 'name'], '')}: ${average ? value('averageValue') : utilization(now, target)}`;
    default:
      return '<unknown type>';
  }
}

function utilization(now: unknown, target: unknown): string {
  const measured = scalar(now, ['averageUtilization'], '');
  const wanted = scalar(target, ['averageUtilization'], '');
  return `${measured === '' ? '<unknown>' : `${measured}%`}/${wanted === '' ? '<auto>' : `${wanted}%`}`;
}
