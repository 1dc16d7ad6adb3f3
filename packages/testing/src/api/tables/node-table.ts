import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import { AGE, at, type Column, list, NAME, NONE, type TableLayouts, text } from './table-layout.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

function address(name: string, type: string): Column {
  return {
    name,
    priority: 1,
    cell: (node) =>
      text(
        list(node, 'status', 'addresses').find((one) => at(one, 'type') === type),
        ['address'],
      ),
  };
}

function fact(name: string, field: string): Column {
  return { name, priority: 1, cell: (node) => text(node, ['status', 'nodeInfo', field], '<unknown>') };
}

/** The columns of nodes, as the real API server prints them. */
export const NODE_TABLE: TableLayouts = {
  '/Node': [
    NAME,
    { name: 'Status', cell: nodeStatus },
    { name: 'Roles', cell: roles },
    AGE,
    { name: 'Version', cell: (node) => text(node, ['status', 'nodeInfo', 'kubeletVersion'], '') },
    address('Internal-IP', 'InternalIP'),
    address('External-IP', 'ExternalIP'),
    fact('OS-Image', 'osImage'),
    fact('Kernel-Version', 'kernelVersion'),
    fact('Container-Runtime', 'containerRuntimeVersion'),
  ],
};

function nodeStatus(node: KubernetesObject): string {
  const ready = list(node, 'status', 'conditions').find((condition) => at(condition, 'type') === 'Ready');
  const cordoned = at(node, 'spec', 'unschedulable') === true ? ',SchedulingDisabled' : '';
  if (ready === undefined) return `Unknown${cordoned}`;
  return `${at(ready, 'status') === 'True' ? 'Ready' : 'NotReady'}${cordoned}`;
}

function roles({ metadata }: KubernetesObject): string {
  const labels = Object.entries(metadata.labels ?? {});
  const names = labels.map(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return key.slice(ROLE_PREFIX.length);
    return key === 'kubernetes.io/role' ? value : '';
  });
  const found = [...new Set(names.filter((name) => name !== ''))];
  return found.length === 0 ? NONE : found.sort().join(',');
}
