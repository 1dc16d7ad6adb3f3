import { CustomRules } from '../../../src/custom/custom-rules.ts';
import type { ScalePaths } from '../../../src/state/resource-kind.ts';

/** The rules of a kind whose field `spec` has the given fields. */
export async function probeRules(fields: object, scalePaths?: ScalePaths): Promise<CustomRules> {
  const status = { type: 'object', properties: { phase: { type: 'string' } } };
  const spec = { type: 'object', properties: fields };
  const rules = new CustomRules({ schema: { type: 'object', properties: { spec, status } }, scalePaths });
  await rules.load();
  return rules;
}

/** An object with that `spec`. */
export function probe(spec: unknown, rest: Readonly<Record<string, unknown>> = {}) {
  return { apiVersion: 'example.com/v1', kind: 'Probe', metadata: { name: 'p' }, spec, ...rest };
}
