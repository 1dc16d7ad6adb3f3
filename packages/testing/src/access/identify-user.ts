import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { unauthorized } from '../errors/statuses.ts';

/** Whom the server takes a client for. */
export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

const ANONYMOUS: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/**
 * Finds out who sends a request, by its client certificate (common name and organizations) or its bearer token. Users of tokens are named
 * `token-1`, `token-2` …, after the place of their token in the list.
 *
 * @throws StatusError 401 when tokens are required and the request has neither one of them nor a certificate of the cluster's authority.
 */
export function identifyUser(request: IncomingMessage, tokens: readonly string[] | undefined): User {
  const user = userOfCertificate(request.socket as Partial<TLSSocket>) ?? userOfToken(request, tokens ?? []);
  if (user) return user;
  if (tokens !== undefined) throw unauthorized();
  return ANONYMOUS;
}

function userOfCertificate(socket: Partial<TLSSocket>): User | undefined {
  if (socket.authorized !== true) return undefined;
  const subject = socket.getPeerCertificate?.().subject as { CN?: string; O?: string | string[] } | undefined;
  if (subject?.CN === undefined) return undefined;
  return { name: subject.CN, groups: authenticated([subject.O ?? []].flat()) };
}

function userOfToken(request: IncomingMessage, tokens: readonly string[]): User | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined) return undefined;
  const index = tokens.findIndex((token) => timingSafeEqual(digest(token), digest(bearer)));
  return index < 0 ? undefined : { name: `token-${index + 1}`, groups: authenticated([]) };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function authenticated(groups: readonly string[]): readonly string[] {
  return [...groups, 'system:authenticated'];
}
