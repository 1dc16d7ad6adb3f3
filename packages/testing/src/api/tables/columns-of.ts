import type { ResourceKind } from '../../state/resource-kind.ts';
import { ACCESS_TABLES } from './access-tables.ts';
import { BATCH_TABLES } from './batch-tables.ts';
import { CORE_TABLES } from './core-tables.ts';
import { customColumns } from './custom-columns.ts';
import { EVENT_TABLES } from './event-table.ts';
import { NETWORK_TABLES } from './network-tables.ts';
import { NODE_TABLE } from './node-table.ts';
import { podColumns } from './pod-table.ts';
import { SCALING_TABLES } from './scaling-tables.ts';
import { SERVICE_TABLES } from './service-tables.ts';
import { STORAGE_TABLES } from './storage-tables.ts';
import { type Column, NAME_AND_TIME, type TableLayouts } from './table-layout.ts';
import { WORKLOAD_TABLES } from './workload-tables.ts';

const LAYOUTS: TableLayouts = {
  ...SERVICE_TABLES,
  ...CORE_TABLES,
  ...NODE_TABLE,
  ...EVENT_TABLES,
  ...STORAGE_TABLES,
  ...WORKLOAD_TABLES,
  ...BATCH_TABLES,
  ...NETWORK_TABLES,
  ...ACCESS_TABLES,
  ...SCALING_TABLES,
};

/** The columns of a kind for one table; a built-in kind without a layout of its own shows its name and when it was made. */
export function columnsOf(kind: ResourceKind): readonly Column[] {
  if (kind.isCustom === true) return customColumns(kind);
  if (kind.group === '' && kind.kind === 'Pod') return podColumns();
  return LAYOUTS[`${kind.group}/${kind.kind}`] ?? NAME_AND_TIME;
}
