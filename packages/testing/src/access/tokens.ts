import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { AUTHENTICATED, CREDENTIAL_ID, type User } from './user.ts';

/** For whom and for how long a token is. */
export interface TokenOptions {
  /** The name of the user. */
  readonly user: string;
  /** The groups of the user, beside `system:authenticated`. @default none */
  readonly groups?: readonly string[] | undefined;
  readonly uid?: string | undefined;
  /** In milliseconds. @default the token does not expire */
  readonly lifetimeMs?: number | undefined;
  /** The token itself. @default a random one */
  readonly token?: string | undefined;
}

/** What a token depends on, and who depends on it. */
export interface TokenHooks {
  /** Asked each time the token is used; once it says no, the token is worth nothing. @default nobody is asked */
  readonly isValid?: (() => boolean) | undefined;
  /** Hears that the token was revoked; not that it expired. @default nobody */
  readonly onRevoked?: (() => void) | undefined;
}

/** A token as its owner gets it: opaque, no JWT. */
export interface IssuedToken {
  readonly token: string;
  /** Milliseconds since the epoch; absent when the token does not expire. */
  readonly expiresAt?: number;
}

interface Entry {
  readonly user: User;
  readonly expiresAt: number;
  readonly isValid: () => boolean;
  readonly onRevoked: () => void;
}

/** The bearer tokens that a cluster accepts, until they expire or are revoked. Only their hashes are kept. */
export class Tokens {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #entries = new Map<string, Entry>();

  constructor({ clock }: { readonly clock: Pick<Clock, 'now'> }) {
    this.#clock = clock;
  }

  /**
   * Accepts one more token.
   *
   * @throws TypeError for a token that is accepted already or that no header can carry, RangeError for a lifetime that is no time.
   */
  issue(options: TokenOptions & TokenHooks): IssuedToken {
    const { lifetimeMs = Number.POSITIVE_INFINITY, token = randomBytes(32).toString('base64url') } = options;
    if (!/^[\x21-\x7e]+$/.test(token)) throw new TypeError('A token needs printable ASCII characters without spaces');
    if (!(lifetimeMs > 0)) throw new RangeError(`A token needs a lifetime above 0 ms, not ${lifetimeMs}`);
    this.#forgetExpired();
    const key = hash(token);
    if (this.#entries.has(key)) throw new TypeError('This token is accepted already');
    const expiresAt = this.#clock.now() + lifetimeMs;
    const { isValid = () => true, onRevoked = () => undefined } = options;
    this.#entries.set(key, { user: userOf(options), expiresAt, isValid, onRevoked });
    return { token, ...(Number.isFinite(expiresAt) && { expiresAt }) };
  }

  /** From now on a token is answered with 401. @returns whether it was accepted before */
  revoke(token: string): boolean {
    const key = hash(token);
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    entry?.onRevoked();
    return entry !== undefined;
  }

  /** From now on all tokens of this moment are answered with 401. */
  revokeAll(): void {
    const revoked = [...this.#entries.values()];
    this.#entries.clear();
    // Those who hear of it may issue new ones, which stay.
    for (const { onRevoked } of revoked) onRevoked();
  }

  /** Whose token that is; `undefined` when it is unknown, expired or revoked. */
  find(token: string): User | undefined {
    // Looking up a hash takes the same time however much of a guess is right.
    const entry = this.#entries.get(hash(token));
    return entry && entry.expiresAt > this.#clock.now() && entry.isValid() ? entry.user : undefined;
  }

  #forgetExpired(): void {
    const now = this.#clock.now();
    for (const [key, { expiresAt }] of this.#entries) if (expiresAt <= now) this.#entries.delete(key);
  }
}

function userOf({ user, groups = [], uid }: TokenOptions): User {
  return {
    name: user,
    groups: groups.includes(AUTHENTICATED) ? groups : [...groups, AUTHENTICATED],
    ...(uid !== undefined && { uid }),
    extra: { [CREDENTIAL_ID]: [`JTI=${randomUUID()}`] },
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
