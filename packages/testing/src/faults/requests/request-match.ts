/** One value, or several of which any will do. */
type OneOf = string | readonly string[];

/** Which requests a fault is about: those for which everything that is given holds. Without anything: every request. */
export interface RequestMatch {
  /** The HTTP method, in capitals. */
  readonly method?: OneOf | undefined;
  /** The verb of RBAC, such as `list`. */
  readonly verb?: OneOf | undefined;
  /** The API group; empty for the core group. */
  readonly group?: OneOf | undefined;
  /** The plural name of the resource, such as `pods`. */
  readonly resource?: OneOf | undefined;
  /** Such as `portforward`. An empty one stands for requests without. */
  readonly subresource?: OneOf | undefined;
  readonly namespace?: OneOf | undefined;
  readonly name?: OneOf | undefined;
  /** The name of the user. */
  readonly user?: OneOf | undefined;
  /** The whole path without the query, or an expression that finds something in it. */
  readonly path?: string | RegExp | undefined;
}

/** What is known of a request when faults are asked; a request for a document, such as `/version`, has no resource. */
export interface RequestFacts {
  readonly method: string;
  /** The path as it came, without the query. */
  readonly path: string;
  readonly verb?: string | undefined;
  readonly group?: string | undefined;
  readonly resource?: string | undefined;
  readonly subresource?: string | undefined;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly user?: string | undefined;
}

const FIELDS = ['method', 'verb', 'group', 'resource', 'subresource', 'namespace', 'name', 'user'] as const;

/** Whether a request is one of those that are meant. */
export function matchesRequest(match: RequestMatch, facts: RequestFacts): boolean {
  const { path } = match;
  if (typeof path === 'string' && path !== facts.path) return false;
  // Unlike `test`, `search` begins at the start, whatever the flags of the expression.
  if (path instanceof RegExp && facts.path.search(path) < 0) return false;
  return FIELDS.every((field) => holds(match[field], facts[field]));
}

function holds(wanted: OneOf | undefined, found = ''): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string' ? wanted === found : wanted.includes(found);
}
