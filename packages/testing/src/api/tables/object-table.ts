import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { CORE_COLUMNS } from './core-tables.ts';
import { POD_COLUMNS } from './pod-table.ts';
import { AGE, type Column, NAME } from './table-layout.ts';
import { WORKLOAD_COLUMNS } from './workload-tables.ts';

/** What of the objects goes into a table's rows, after the query parameter `includeObject`. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** Objects of one kind as a `Table` of `meta.k8s.io/v1`. Without `columns`, as in the later events of a watch, only rows. */
export function objectTable(options: {
  readonly kind: ResourceKind;
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
  readonly includeObject: IncludeObject;
  /** @default true */
  readonly columns?: boolean;
}): unknown {
  const layout = columnsOf(options.kind);
  const now = Date.now();
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: options.resourceVersion },
    columnDefinitions: options.columns === false ? null : layout.map(defineColumn),
    rows: options.objects.map((object) => ({
      cells: layout.map((column) => column.cell(object, now)),
      ...(options.includeObject === 'None' ? {} : { object: included(object, options.includeObject) }),
    })),
  };
}

function columnsOf(kind: ResourceKind): readonly Column[] {
  if (kind.kind === 'Pod') return POD_COLUMNS;
  return WORKLOAD_COLUMNS[kind.kind] ?? CORE_COLUMNS[kind.kind] ?? [NAME, AGE];
}

function defineColumn({ name, type = 'string', wide = false }: Column) {
  return { name, type, format: name === 'Name' ? 'name' : '', description: '', priority: wide ? 1 : 0 };
}

function included(object: KubernetesObject, include: IncludeObject): unknown {
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
