import { StatusError } from '../../errors/status-error.ts';
import type { FieldManager, FieldManagers } from './field-managers.ts';
import type { FieldSet } from './field-set.ts';
import { pathText } from './path-element.ts';

/** The fields of other managers that somebody wants to set to something else, by the key of the manager. */
export type Conflicts = ReadonlyMap<string, FieldSet>;

/** 409: `Apply failed with 1 conflict: conflict with "kubectl-create" using apps/v1: .spec.replicas`, with a cause for each field. */
export function conflictError({ conflicts, managers }: { conflicts: Conflicts; managers: FieldManagers }): StatusError {
  const found = [...conflicts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([key, fields]) => {
      const entry = managers.get(key);
      const name = entry === undefined ? '"unknown"' : managerText(entry);
      return [...fields.paths()].map((path) => ({ name, field: pathText(path) }));
    });
  const causes = found.map(({ name, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${name}`,
    field,
  }));
  return new StatusError({ code: 409, reason: 'Conflict', message: messageOf(found), details: { causes } });
}

interface FoundConflict {
  readonly name: string;
  readonly field: string;
}

function messageOf(found: readonly FoundConflict[]): string {
  const [first] = found;
  if (first !== undefined && found.length === 1) {
    return `Apply failed with 1 conflict: conflict with ${first.name}: ${first.field}`;
  }
  const lines = [...new Set(found.map(({ name }) => name))].flatMap((name) => [
    `conflicts with ${name}:`,
    ...found.filter((conflict) => conflict.name === name).map(({ field }) => `- ${field}`),
  ]);
  return `Apply failed with ${found.length} conflicts: ${lines.join('\n')}`;
}

function managerText({ manager, operation, apiVersion, subresource }: FieldManager): string {
  const who = JSON.stringify(manager);
  const where = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  return `${who}${where}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}
