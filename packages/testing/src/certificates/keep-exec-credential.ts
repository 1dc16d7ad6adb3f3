import { renameSync, writeFileSync } from 'node:fs';
import type { TokenOptions, Tokens } from '../access/tokens.ts';
import type { Clock } from '../clock/clock.ts';

/** The shortest lifetime of a token that is renewed over and over, in milliseconds. */
const MIN_LIFETIME_MS = 1000;

/**
 * Keeps an ExecCredential (`client.authentication.k8s.io/v1`) in a file, with a token that is always good for half of its lifetime at least:
 * after the other half, and when it is revoked, there is a new one.
 *
 * @throws RangeError for a lifetime below one second.
 */
export function keepExecCredential(options: {
  readonly file: string;
  readonly tokens: Tokens;
  readonly user: Pick<TokenOptions, 'user' | 'groups'>;
  /** In milliseconds; `undefined` for tokens that do not expire. */
  readonly lifetimeMs: number | undefined;
  readonly clock: Clock;
  /** Its abort ends the renewals. */
  readonly signal: AbortSignal;
}): void {
  const { file, tokens, user, lifetimeMs, clock, signal } = options;
  if (lifetimeMs !== undefined && !(lifetimeMs >= MIN_LIFETIME_MS)) {
    throw new RangeError(
      `Tokens that are renewed need a lifetime of at least ${MIN_LIFETIME_MS} ms, not ${lifetimeMs}`,
    );
  }
  let cancelRenewal: () => void = () => undefined;
  let current: string | undefined;
  const renew = (): void => {
    cancelRenewal();
    if (signal.aborted) return;
    const { token, expiresAt } = tokens.issue({
      ...user,
      lifetimeMs,
      onRevoked: () => {
        // An older one that is revoked, too, changes nothing.
        if (token === current) renew();
      },
    });
    current = token;
    writeCredential(file, { token, expiresAt });
    if (lifetimeMs !== undefined) cancelRenewal = clock.setTimeout(renew, lifetimeMs / 2);
  };
  signal.addEventListener('abort', () => cancelRenewal(), { once: true });
  renew();
}

function writeCredential(file: string, { token, expiresAt }: { token: string; expiresAt: number | undefined }): void {
  const expiry = expiresAt === undefined ? {} : { expirationTimestamp: new Date(expiresAt).toISOString() };
  const credential = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token, ...expiry },
  };
  // Whoever reads at this moment gets the old one or the new one, never half of one.
  writeFileSync(`${file}.new`, JSON.stringify(credential), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
