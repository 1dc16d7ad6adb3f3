import { OptionsError } from '../errors/options-error.ts';

/**
 * A tagged template that builds a request path and encodes every value put in: apiPath`/api/v1/namespaces/${namespace}/pods`.
 *
 * @throws {OptionsError} when a value is empty or would climb to another path (`.`, `..`)
 */
export function apiPath(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, part, index) => path + encodePart(values[index - 1] ?? '') + part);
}

function encodePart(value: string): string {
  if (value === '' || value === '.' || value === '..') {
    throw new OptionsError({
      problems: [{ path: 'name', message: `"${value}" cannot be part of a path of the Kubernetes API` }],
    });
  }
  return encodeURIComponent(value);
}
