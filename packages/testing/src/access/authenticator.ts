import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { unauthorized } from '../errors/statuses.ts';
import type { Authorizer } from './authorizer.ts';
import { impersonatedUser } from './impersonated-user.ts';
import type { Tokens } from './tokens.ts';
import { ANONYMOUS_NAME, AUTHENTICATED, CREDENTIAL_ID, UNAUTHENTICATED, type User } from './user.ts';

/**
 * What clients without credentials are: `unrestricted` lets them do everything, `restricted` what the rules give to
 * `system:unauthenticated`, `refused` nothing: they get a 401.
 */
export type AnonymousAccess = 'unrestricted' | 'restricted' | 'refused';

/** What of a request says who sends it. */
export type Credentials = Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'socket' | 'url'>;

/** Finds out who sends a request. */
export class Authenticator {
  readonly #tokens: Pick<Tokens, 'find'>;
  readonly #anonymous: AnonymousAccess;
  readonly #authorizer: Authorizer;
  readonly #ofSockets = new WeakMap<object, User>();

  constructor(options: {
    readonly tokens: Pick<Tokens, 'find'>;
    readonly anonymous: AnonymousAccess;
    /** Decides who may act as somebody else. */
    readonly authorizer: Authorizer;
  }) {
    this.#tokens = options.tokens;
    this.#anonymous = options.anonymous;
    this.#authorizer = options.authorizer;
  }

  /**
   * The user that a request acts as: that of its client certificate (common name and organizations), else of its bearer token, else
   * `system:anonymous`; or the one that its `Impersonate-` headers name, where the sender may do that.
   *
   * @throws StatusError 401 for a token that is not accepted, or no credentials where they are required; 403 and 500 as
   * {@link impersonatedUser}.
   */
  identify(request: Credentials): User {
    const user = this.#userOfCertificate(request.socket) ?? this.#userOfToken(request) ?? this.#anonymousUser();
    return impersonatedUser({ request, user, authorizer: this.#authorizer }) ?? user;
  }

  /** A certificate belongs to its connection, and reading it takes time. */
  #userOfCertificate(socket: Socket & Partial<Pick<TLSSocket, 'authorized' | 'getPeerCertificate'>>): User | undefined {
    if (socket.authorized !== true) return undefined;
    const known = this.#ofSockets.get(socket) ?? readCertificate(socket);
    if (known) this.#ofSockets.set(socket, known);
    return known;
  }

  #userOfToken({ headers }: Credentials): User | undefined {
    const bearer = /^ *Bearer +([^ ]+)/i.exec(headers.authorization ?? '')?.[1];
    if (bearer === undefined) return undefined;
    const user = this.#tokens.find(bearer);
    // A real server does not take somebody with a wrong token for anonymous either.
    if (!user) throw unauthorized();
    return user;
  }

  #anonymousUser(): User {
    if (this.#anonymous === 'refused') throw unauthorized();
    return { name: ANONYMOUS_NAME, groups: [UNAUTHENTICATED], isUnrestricted: this.#anonymous === 'unrestricted' };
  }
}

function readCertificate(socket: Partial<Pick<TLSSocket, 'getPeerCertificate'>>): User | undefined {
  const certificate = socket.getPeerCertificate?.();
  const subject = certificate?.subject as { CN?: string | string[]; O?: string | string[] } | undefined;
  const [name] = [subject?.CN ?? []].flat();
  if (certificate === undefined || name === undefined) return undefined;
  const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  return {
    name,
    groups: [...[subject?.O ?? []].flat(), AUTHENTICATED],
    extra: { [CREDENTIAL_ID]: [`X509SHA256=${fingerprint}`] },
  };
}
