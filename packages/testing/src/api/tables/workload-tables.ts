import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { labelsText, selectorText } from './selector-text.ts';
import { AGE, at, type Column, count, list, NAME, NONE, scalar, type TableLayouts, text } from './table-layout.ts';

function ofContainers(path: readonly string[], field: 'name' | 'image') {
  return (object: KubernetesObject): string =>
    list(object, ...path, 'spec', 'containers')
      .map((container) => text(container, [field], ''))
      .join(',');
}

/** The wide columns that show the containers of a pod template at `path`, and which pods belong to the object at `selector`. */
export function templateColumns(path: readonly string[], selector: readonly string[]): readonly Column[] {
  return [
    { name: 'Containers', priority: 1, cell: ofContainers(path, 'name') },
    { name: 'Images', priority: 1, cell: ofContainers(path, 'image') },
    { name: 'Selector', priority: 1, cell: (object) => selectorText(at(object, ...selector)) },
  ];
}

const TEMPLATE = templateColumns(['spec', 'template'], ['spec', 'selector']);

function counted(name: string, ...path: readonly string[]): Column {
  return { name, type: 'integer', cell: (object) => count(object, ...path) };
}

const READY_OF_WANTED: Column = {
  name: 'Ready',
  cell: (object) => `${count(object, 'status', 'readyReplicas')}/${scalar(object, ['spec', 'replicas'], '1')}`,
};

/** The columns of the kinds in `apps`, as the real API server prints them. */
export const WORKLOAD_TABLES: TableLayouts = {
  'apps/ControllerRevision': [
    NAME,
    { name: 'Controller', cell: controllerName },
    { name: 'Revision', cell: (object) => count(object, 'revision') },
    AGE,
  ],
  'apps/Deployment': [
    NAME,
    READY_OF_WANTED,
    { ...counted('Up-to-date', 'status', 'updatedReplicas'), type: 'string' },
    { ...counted('Available', 'status', 'availableReplicas'), type: 'string' },
    AGE,
    ...TEMPLATE,
  ],
  'apps/ReplicaSet': [
    NAME,
    { name: 'Desired', type: 'integer', cell: (object) => Number(at(object, 'spec', 'replicas') ?? 1) },
    counted('Current', 'status', 'replicas'),
    counted('Ready', 'status', 'readyReplicas'),
    AGE,
    ...TEMPLATE,
  ],
  'apps/StatefulSet': [NAME, READY_OF_WANTED, AGE, ...TEMPLATE.slice(0, 2)],
  'apps/DaemonSet': [
    NAME,
    counted('Desired', 'status', 'desiredNumberScheduled'),
    counted('Current', 'status', 'currentNumberScheduled'),
    counted('Ready', 'status', 'numberReady'),
    counted('Up-to-date', 'status', 'updatedNumberScheduled'),
    counted('Available', 'status', 'numberAvailable'),
    { name: 'Node Selector', cell: (object) => labelsText(at(object, 'spec', 'template', 'spec', 'nodeSelector')) },
    AGE,
    ...TEMPLATE,
  ],
};

function controllerName({ metadata }: KubernetesObject): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true);
  if (owner === undefined) return NONE;
  const [group, version] = owner.apiVersion.split('/');
  return `${owner.kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${owner.name}`;
}
