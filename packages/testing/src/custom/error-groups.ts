import type { ErrorObject } from 'ajv';
import { pointerSteps } from './value-path.ts';

/** Schemas that apply to one value together, and what of them does not hold. */
export interface ErrorGroup {
  readonly keyword: Combination;
  /** Where it is in the schema, as the steps to it. */
  readonly path: readonly string[];
  /** Where the value is, as the steps to it. */
  readonly steps: readonly string[];
  /** The branches that fail, by their index. */
  readonly branches: Map<string, ErrorNode[]>;
  /** That the combination fails; a validator tells it of `oneOf` and `anyOf`. */
  error: ErrorObject | undefined;
}

/** One thing that a validator found, or a group of them. */
export type ErrorNode = ErrorObject | ErrorGroup;

type Combination = 'allOf' | 'anyOf' | 'oneOf';

const COMBINATIONS: readonly string[] = ['allOf', 'anyOf', 'oneOf'] satisfies readonly Combination[];
/** Keywords whose schema is about a part of the value. */
const INWARD: readonly string[] = ['properties', 'items', 'additionalProperties'];

/** Puts the errors of a validator, which are one flat list, into the combinations of schemas that they come from. */
export function groupErrors(errors: readonly ErrorObject[]): readonly ErrorNode[] {
  const root: ErrorNode[] = [];
  const groups = new Map<string, ErrorGroup>();
  for (const error of errors) {
    let siblings = root;
    for (const { keyword, path, steps, branch } of combinationsOf(error)) {
      const id = JSON.stringify([path, steps]);
      let group = groups.get(id);
      if (!group) {
        group = { keyword, path, steps, branches: new Map(), error: undefined };
        groups.set(id, group);
        siblings.push(group);
      }
      if (branch === undefined) {
        group.error = error;
        break;
      }
      const nodes = group.branches.get(branch) ?? [];
      group.branches.set(branch, nodes);
      siblings = nodes;
    }
    if (!isCombination(error.keyword)) siblings.push(error);
  }
  return root;
}

/** The combinations on the way to the schema of an error, from the outermost. The error of a combination itself is in no branch of it. */
function* combinationsOf({ schemaPath, instancePath }: ErrorObject) {
  const all = pointerSteps(schemaPath).map(decodeURIComponent);
  const instance = pointerSteps(instancePath);
  let depth = 0;
  for (let at = 0; at < all.length; at += 1) {
    const keyword = all[at] ?? '';
    if (INWARD.includes(keyword)) depth += 1;
    if (isCombination(keyword)) {
      yield { keyword, path: all.slice(0, at + 1), steps: instance.slice(0, depth), branch: all[at + 1] };
    }
    // What follows is a name or an index and no keyword.
    if (keyword === 'properties' || isCombination(keyword)) at += 1;
  }
}

function isCombination(keyword: string): keyword is Combination {
  return COMBINATIONS.includes(keyword);
}
