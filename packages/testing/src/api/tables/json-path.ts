/** One step of a path: a field, a place in a list (negative: from its end), every entry, or the entries whose field has a value. */
type Step =
  | { readonly field: string }
  | { readonly index: number }
  | { readonly every: true }
  | { readonly path: readonly string[]; readonly equals: unknown };

const FIELD = /\.((?:\\.|[^.[\]\\])+)/y;
const QUOTED = /\['([^']*)'\]/y;
const INDEX = /\[(-?\d{1,9})\]/y;
const EVERY = /(?:\[\*\]|\.\*)/y;
const FILTER = /\[\?\(\s*@((?:\.[\w-]+)+)\s*==\s*("[^"]*"|'[^']*'|true|false|-?\d+(?:\.\d+)?)\s*\)\]/y;

/** Reads the first thing that a path leads to in an object; `undefined` where there is nothing. */
export type PathReader = (object: unknown) => unknown;

/**
 * Reads a path as a printer column has it: `.spec.replicas`, `.metadata.labels.a\.b`, `['a\.b']`, `[0]`, `[*]`,
 * `.status.conditions[?(@.type=="Ready")].status`. Any other path leads nowhere.
 */
export function parseJsonPath(path: string): PathReader {
  const steps = parseSteps(path);
  if (steps === undefined) return () => undefined;
  return (object) => {
    let found: readonly unknown[] = [object];
    for (const step of steps) found = found.flatMap((value) => follow(value, step));
    return found[0];
  };
}

function parseSteps(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let offset = 0;
  while (offset < path.length) {
    const read = (pattern: RegExp) => {
      pattern.lastIndex = offset;
      const match = pattern.exec(path);
      if (match !== null) offset = pattern.lastIndex;
      return match;
    };
    const quoted = read(QUOTED);
    // Kubernetes takes a quoted name for a path, too: a dot in it has to be escaped.
    const next = quoted ? parseSteps(`.${quoted[1] ?? ''}`) : readStep(read);
    if (next === undefined) return undefined;
    steps.push(...next);
  }
  return steps;
}

function readStep(read: (pattern: RegExp) => RegExpExecArray | null): readonly Step[] | undefined {
  if (read(EVERY)) return [{ every: true }];
  const field = read(FIELD);
  if (field) return [{ field: (field[1] ?? '').replaceAll(/\\(.)/g, '$1') }];
  const index = read(INDEX);
  if (index) return [{ index: Number(index[1]) }];
  const filter = read(FILTER);
  if (!filter) return undefined;
  const [, inside = '', value = ''] = filter;
  return [{ path: inside.slice(1).split('.'), equals: literal(value) }];
}

function literal(text: string): unknown {
  if (/^["']/.test(text)) return text.slice(1, -1);
  return text === 'true' || text === 'false' ? text === 'true' : Number(text);
}

/** The values one step further; fields that an object only inherits are not there. */
function follow(value: unknown, step: Step): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('field' in step) return Array.isArray(value) ? [] : own(value, step.field);
  if ('every' in step) return Object.values(value);
  if (!Array.isArray(value)) return [];
  if ('index' in step) return [value.at(step.index)];
  return value.filter((entry) => {
    let found: readonly unknown[] = [entry];
    for (const field of step.path) found = found.flatMap((one) => follow(one, { field }));
    return found.length > 0 && found[0] === step.equals;
  });
}

function own(value: object, field: string): readonly unknown[] {
  return Object.hasOwn(value, field) ? [(value as Record<string, unknown>)[field]] : [];
}
