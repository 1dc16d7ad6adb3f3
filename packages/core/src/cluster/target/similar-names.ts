const MAX_SUGGESTIONS = 3;

/** The names that a misspelt one may have meant, best first, at most three. A name that goes on after it is taken for a good match. */
export function similarNames(options: {
  readonly name: string;
  readonly existing: readonly string[];
}): readonly string[] {
  const { name, existing } = options;
  const farthest = Math.max(2, Math.floor(name.length / 3));
  return existing
    .map((candidate) => ({ candidate, distance: distanceTo(name, candidate) }))
    .filter(({ distance }) => distance <= farthest)
    .toSorted((one, other) => one.distance - other.distance || (one.candidate < other.candidate ? -1 : 1))
    .slice(0, MAX_SUGGESTIONS)
    .map(({ candidate }) => candidate);
}

/** Pods carry suffixes that nobody types, so the beginning of a name counts as well as the whole. */
function distanceTo(name: string, candidate: string): number {
  const beginning = candidate.slice(0, name.length);
  return Math.min(editDistance(name, candidate), editDistance(name, beginning) + (beginning === candidate ? 0 : 0.5));
}

/** How many letters must be changed, added, taken out or swapped with their neighbour (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + cost,
          isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[other.length] ?? 0;
}
