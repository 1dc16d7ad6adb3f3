import type { WrongType } from './reading.ts';
import type { Schemas } from './type-schema.ts';
import { type FoundProblem, findProblem, jsonName } from './value-problem.ts';

/** What Go names itself; types of other names are texts. */
const BASIC = new Set(['bool', 'int32', 'int64', 'float64', 'uint8', 'string']);

/**
 * Why Go cannot make an object of a built-in kind out of maps and lists, which it does with what a strategic merge patch has left
 * (`FromUnstructured` of k8s.io/apimachinery): `cannot convert int64 to string`.
 *
 * Too large an integer is refused here; Go cuts off its upper bits.
 *
 * @returns `undefined` if it can, and for a kind that is not built in
 * @throws StatusError 400 for an object nested more than 1000 levels deep.
 */
export function conversionProblem({
  object,
  schemas,
}: {
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly schemas: Schemas;
}): string | undefined {
  const found = findProblem({ object, schemas, readsOn: false });
  if (found === undefined) return undefined;
  const { refusal, wanted } = found;
  if ('given' in refusal) return textOf(refusal, wanted);
  // Only bytes are read as JSON once more.
  return wanted === 'list' ? `error decoding from json: ${refusal.problem}` : refusal.problem;
}

function textOf({ given, goType }: WrongType, wanted: FoundProblem['wanted']): string {
  const kind = goKind(given);
  switch (wanted) {
    case 'struct':
      return `cannot restore struct from: ${kind}`;
    case 'list':
      return `cannot restore slice from ${kind}`;
    case 'map':
      return `cannot restore map from ${kind}`;
    case 'own':
      return `json: cannot unmarshal ${jsonName(given, goType)} into Go value of type ${goType}`;
    case 'scalar': {
      const isText = !BASIC.has(goType) || goType === 'string';
      // Go can convert between numbers, and an integer to a text, but refuses to.
      const isConvertible = typeof given === 'number' && (isText ? kind === 'int64' : goType !== 'bool');
      if (isConvertible) return `cannot convert ${kind} to ${goType}`;
      return `unrecognized type: ${isText ? 'string' : goType}`;
    }
  }
}

/** What Go calls a value that it has read from JSON into no type in particular. */
function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'slice';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'string' ? 'string' : 'map';
}
