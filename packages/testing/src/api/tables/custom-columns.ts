import type { PrinterColumn, ResourceKind } from '../../state/resource-kind.ts';
import { age } from './human-duration.ts';
import { parseJsonPath } from './json-path.ts';
import { type Cell, type Column, NAME } from './table-layout.ts';

const AGE_OF_CUSTOM: PrinterColumn = { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' };

/** The columns of a custom kind: its name and its printer columns, or its age where it has none. */
export function customColumns({ printerColumns = [] }: ResourceKind): readonly Column[] {
  return [NAME, ...(printerColumns.length === 0 ? [AGE_OF_CUSTOM] : printerColumns).map(customColumn)];
}

function customColumn({ name, type = 'string', jsonPath, priority = 0 }: PrinterColumn): Column {
  const read = parseJsonPath(jsonPath);
  return { name, type, priority, cell: (object, now) => cellOf({ type, value: read(object), now }) };
}

/** A value that does not fit the type of its column leaves the cell empty. */
function cellOf({ type, value, now }: { type: string; value: unknown; now: number }): Cell {
  if (value === undefined) return null;
  if (value === null) return type === 'string' ? '<no value>' : null;
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return typeof value === 'string' ? dateCell(value, now) : null;
    default:
      return null;
  }
}

/** RFC 3339, section 5.6, as far as Kubernetes reads it. */
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

function dateCell(value: string, now: number): string {
  if (value !== '' && (!TIMESTAMP.test(value) || Number.isNaN(Date.parse(value)))) return '<invalid>';
  return age(value, now);
}
