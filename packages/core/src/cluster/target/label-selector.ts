import { fieldsOf, itemsOf, textOf, textsOf } from '../fields.ts';

const OPERATORS: Readonly<Record<string, (key: string, values: string) => string>> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
};

/**
 * Writes a LabelSelector object (`matchLabels`, `matchExpressions`) in the form that lists take. Empty when it selects nothing in
 * particular.
 */
export function labelSelector(selector: unknown): string {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  const expressions = itemsOf(matchExpressions)
    .map(fieldsOf)
    .map(({ key, operator, values }) => {
      const write = OPERATORS[textOf(operator) ?? ''];
      return write?.(textOf(key) ?? '', itemsOf(values).map(String).join(',')) ?? '';
    });
  return [equalities(textsOf(matchLabels)), ...expressions].filter((part) => part !== '').join(',');
}

/** Writes a map of labels, as a Service has it, in the form that lists take. */
export function equalities(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
