import { at, list, NONE, text } from './table-layout.ts';

const BY_OPERATOR: Readonly<Record<string, (key: string, values: string) => string>> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
};

/** Labels as `a=b,c=d` in the order of their keys, or `<none>`. */
export function labelsText(labels: unknown): string {
  return joined(labelTerms(labels));
}

/** A `LabelSelector` as kubectl takes it: `app=web,tier in (back,front)`, or `<none>`. */
export function selectorText(selector: unknown): string {
  const expressions = list(selector, 'matchExpressions').map((expression) => {
    const key = text(expression, ['key'], '');
    const values = list(expression, 'values').map(String).sort().join(',');
    const write = BY_OPERATOR[text(expression, ['operator'], '')];
    return { key, term: write?.(key, values) ?? key };
  });
  return joined([...labelTerms(at(selector, 'matchLabels')), ...expressions]);
}

interface Term {
  readonly key: string;
  readonly term: string;
}

function labelTerms(labels: unknown): readonly Term[] {
  if (typeof labels !== 'object' || labels === null) return [];
  return Object.entries(labels).map(([key, value]) => ({ key, term: `${key}=${String(value)}` }));
}

function joined(terms: readonly Term[]): string {
  if (terms.length === 0) return NONE;
  return terms
    .toSorted((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)))
    .map(({ term }) => term)
    .join(',');
}
