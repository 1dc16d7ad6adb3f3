import type { KubernetesObject } from '../../state/kubernetes-object.ts';
import type { ResourceKind } from '../../state/resource-kind.ts';
import { columnsOf } from './columns-of.ts';
import { podConditions } from './pod-table.ts';
import type { Cell, Column } from './table-layout.ts';

/** What of the objects goes into a table's rows, after the query parameter `includeObject`. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** One column as a client sees it. The description is empty: kubectl does not show it. */
export interface ColumnDefinition {
  readonly name: string;
  readonly type: string;
  /** `name` marks the column that names the object. */
  readonly format: string;
  readonly description: string;
  readonly priority: number;
}

/** One object of a table. */
export interface TableRow {
  readonly cells: readonly Cell[];
  /** Says that a pod has ended. */
  readonly conditions?: readonly unknown[];
  readonly object?: unknown;
}

/** A `Table` of `meta.k8s.io/v1`. */
export interface ObjectTable {
  readonly kind: 'Table';
  readonly apiVersion: 'meta.k8s.io/v1';
  readonly metadata: { readonly resourceVersion: string };
  readonly columnDefinitions: readonly ColumnDefinition[] | null;
  readonly rows: readonly TableRow[];
}

/** Objects of one kind as a `Table`. Without `columns`, as in the later events of a watch, only rows. */
export function objectTable(options: {
  readonly kind: ResourceKind;
  readonly objects: readonly KubernetesObject[];
  readonly resourceVersion: string;
  readonly includeObject: IncludeObject;
  /** @default true */
  readonly columns?: boolean;
  /** The present, in milliseconds since the epoch, from which ages are counted. @default the system's clock */
  readonly now?: number | undefined;
}): ObjectTable {
  const { kind, objects, resourceVersion, includeObject, columns = true, now = Date.now() } = options;
  const layout = columnsOf(kind);
  const isPod = kind.group === '' && kind.kind === 'Pod';
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: columns ? layout.map(defineColumn) : null,
    rows: objects.map((object) => tableRow({ object, isPod, layout, now, includeObject })),
  };
}

function tableRow(options: {
  readonly object: KubernetesObject;
  readonly isPod: boolean;
  readonly layout: readonly Column[];
  readonly now: number;
  readonly includeObject: IncludeObject;
}): TableRow {
  const { object, isPod, layout, now, includeObject } = options;
  const conditions = isPod ? podConditions(object) : undefined;
  return {
    cells: layout.map((column) => column.cell(object, now)),
    ...(conditions && { conditions }),
    ...(includeObject !== 'None' && { object: included(object, includeObject) }),
  };
}

function defineColumn({ name, type = 'string', priority = 0 }: Column): ColumnDefinition {
  return { name, type, format: name === 'Name' ? 'name' : '', description: '', priority };
}

function included(object: KubernetesObject, include: IncludeObject): unknown {
  if (include === 'Object') return object;
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
