import { fieldsOf } from '../objects/defaults/fields.ts';
import { listOf, textOf, textsOf } from './read-field.ts';

/** Says whether an object with these labels is selected. */
export type SelectsLabels = (labels: Readonly<Record<string, string>> | undefined) => boolean;

/**
 * Reads the selector of a workload: `matchLabels` and `matchExpressions`, all of which must hold.
 *
 * @returns undefined for a selector that is missing, empty or has an unknown operator: nothing can be done with it.
 */
export function readSelector(selector: unknown): SelectsLabels | undefined {
  const { matchLabels, matchExpressions } = fieldsOf(selector);
  const equal = Object.entries(textsOf(matchLabels));
  const expressions = listOf(matchExpressions).map(readExpression);
  if (equal.length + expressions.length === 0) return undefined;
  const known = expressions.filter((expression) => expression !== undefined);
  if (known.length < expressions.length) return undefined;
  return (labels = {}) => equal.every(([key, value]) => labels[key] === value) && known.every((holds) => holds(labels));
}

function readExpression(expression: unknown): SelectsLabels | undefined {
  const { key, operator, values } = fieldsOf(expression);
  const name = textOf(key, '');
  const wanted = new Set(listOf(values));
  const has = (labels: Readonly<Record<string, string>> = {}) => Object.hasOwn(labels, name);
  const isAny = (labels: Readonly<Record<string, string>> = {}) => has(labels) && wanted.has(labels[name]);
  switch (operator) {
    case 'In':
      return isAny;
    case 'NotIn':
      return (labels) => !isAny(labels);
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return (labels) => !has(labels);
    default:
      return undefined;
  }
}
