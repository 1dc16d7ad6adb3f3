/** One request that reached the simulated server. */
export interface LoggedRequest {
  readonly method: string;
  /** The path as it came, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The name of the user, unless the request was answered with 401. */
  readonly user?: string;
  readonly userAgent: string;
  /** The `Upgrade` header of a request that wanted to leave HTTP. */
  readonly upgrade?: string;
}

/** How many requests are kept. */
const MAX_REQUESTS = 10_000;

/** The latest requests, in the order in which they came. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];

  /** A copy of the log. */
  list(): readonly LoggedRequest[] {
    return [...this.#requests];
  }

  append(request: LoggedRequest): void {
    this.#requests.push(Object.freeze(request));
    if (this.#requests.length > MAX_REQUESTS) this.#requests.shift();
  }
}
