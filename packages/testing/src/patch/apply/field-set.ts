import { compareElements, type FieldPath, type PathElement } from './path-element.ts';

/** One step of a {@link FieldSet}: whether the path up to here is in the set, and what lies below. */
export interface FieldNode {
  readonly isMember: boolean;
  readonly children: FieldSet;
}

type MemberRule = (inLeft: boolean, inRight: boolean) => boolean;

const ABSENT = { isMember: false, children: undefined };

/** An immutable set of field paths. A path is in it or not regardless of the paths above and below. */
export class FieldSet {
  /** The set without any path. */
  static readonly empty: FieldSet = new FieldSet(new Map());

  readonly nodes: ReadonlyMap<PathElement, FieldNode>;

  /** @param nodes without nodes that hold nothing; {@link FieldSet.of} is for paths */
  constructor(nodes: ReadonlyMap<PathElement, FieldNode>) {
    this.nodes = nodes;
  }

  /** The set of these paths; the empty path cannot be in a set. */
  static of(paths: Iterable<FieldPath>): FieldSet {
    const below = new Map<PathElement, FieldPath[]>();
    const members = new Set<PathElement>();
    for (const [first, ...rest] of paths) {
      if (first === undefined) continue;
      const tails = below.get(first) ?? [];
      below.set(first, tails);
      if (rest.length === 0) members.add(first);
      else tails.push(rest);
    }
    const nodes = new Map<PathElement, FieldNode>();
    for (const [element, tails] of below) {
      nodes.set(element, { isMember: members.has(element), children: FieldSet.of(tails) });
    }
    return new FieldSet(nodes);
  }

  /** Whether no path is in the set. */
  get isEmpty(): boolean {
    return this.nodes.size === 0;
  }

  /** What lies below a step, as a set of its own. */
  below(element: PathElement): FieldSet {
    return this.nodes.get(element)?.children ?? FieldSet.empty;
  }

  union(other: FieldSet): FieldSet {
    return this.#combine(other, (inThis, inOther) => inThis || inOther);
  }

  intersection(other: FieldSet): FieldSet {
    return this.#combine(other, (inThis, inOther) => inThis && inOther);
  }

  difference(other: FieldSet): FieldSet {
    return this.#combine(other, (inThis, inOther) => inThis && !inOther);
  }

  /** All paths, in the order of `fieldsV1`. */
  *paths(): Generator<FieldPath, void, undefined> {
    for (const [element, { isMember, children }] of this.sortedNodes()) {
      if (isMember) yield [element];
      for (const path of children.paths()) yield [element, ...path];
    }
  }

  /** The steps from the top, in the order of `fieldsV1`. */
  sortedNodes(): readonly (readonly [PathElement, FieldNode])[] {
    return [...this.nodes].sort(([left], [right]) => compareElements(left, right));
  }

  #combine(other: FieldSet, rule: MemberRule): FieldSet {
    const nodes = new Map<PathElement, FieldNode>();
    for (const element of new Set([...this.nodes.keys(), ...other.nodes.keys()])) {
      const left = this.nodes.get(element) ?? ABSENT;
      const right = other.nodes.get(element) ?? ABSENT;
      const children = (left.children ?? FieldSet.empty).#combine(right.children ?? FieldSet.empty, rule);
      const isMember = rule(left.isMember, right.isMember);
      if (isMember || !children.isEmpty) nodes.set(element, { isMember, children });
    }
    return new FieldSet(nodes);
  }
}
