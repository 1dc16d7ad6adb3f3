import { randomBytes } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { badRequest } from '../errors/statuses.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';

/** How many lists can be under way; the oldest is forgotten first, as a real server forgets by time. */
const MAX_LISTS = 100;

/** Some items of a list, all as they were at one revision. */
export interface ListPage {
  readonly items: readonly KubernetesObject[];
  readonly revision: number;
  /** Asks for the next page; absent on the last one. */
  readonly continueToken?: string;
  /** How many items the next pages have together; absent on the last one. */
  readonly remaining?: number;
}

interface Rest {
  /** The path and selectors: a token does not continue another list. */
  readonly list: string;
  readonly items: readonly KubernetesObject[];
  readonly revision: number;
}

/** Lists that clients read page by page. What follows is kept, so all pages show one moment. */
export class ListPages {
  readonly #rests = new Map<string, Rest>();

  /** The first page of at most `limit` items; 0 is all. */
  first(options: Rest & { readonly limit: number }): ListPage {
    const { limit, ...rest } = options;
    return this.#cut(rest, limit);
  }

  /**
   * The page that a token asks for; the token can be used again.
   *
   * @throws StatusError 400 for a token of another list, 410 for one that is forgotten.
   */
  next({ token, list, limit }: { token: string; list: string; limit: number }): ListPage {
    if (!/^[0-9a-f]{32}$/.test(token)) throw badRequest('continue key is not valid');
    const rest = this.#rests.get(token);
    if (!rest) {
      const message =
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';
      throw new StatusError({ code: 410, reason: 'Expired', message });
    }
    if (rest.list !== list) throw badRequest('continue key is not valid: it belongs to another list');
    return this.#cut(rest, limit);
  }

  #cut({ list, items, revision }: Rest, limit: number): ListPage {
    if (limit === 0 || items.length <= limit) return { items, revision };
    const token = randomBytes(16).toString('hex');
    this.#rests.set(token, { list, items: items.slice(limit), revision });
    const [oldest] = this.#rests.keys();
    if (this.#rests.size > MAX_LISTS && oldest !== undefined) this.#rests.delete(oldest);
    return { items: items.slice(0, limit), revision, continueToken: token, remaining: items.length - limit };
  }
}
