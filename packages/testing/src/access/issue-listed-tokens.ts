import type { Tokens } from './tokens.ts';
import { MASTERS } from './user.ts';

/**
 * Accepts tokens without end whose users may do everything. They are named `token-1`, `token-2` …, after the place in the list.
 *
 * @throws TypeError for a token that no header can carry.
 */
export function issueListedTokens(tokens: Tokens, list: readonly string[]): void {
  for (const [index, token] of list.entries()) {
    if (list.indexOf(token) === index) tokens.issue({ token, user: `token-${index + 1}`, groups: [MASTERS] });
  }
}
