import type { IncomingMessage } from 'node:http';
import type { User } from '../access/user.ts';
import { urlTooLong } from '../errors/refusals.ts';
import { pathSegments } from '../http/parse-request.ts';
import type { ServerContext } from './server-context.ts';

/** The longest path and query that is read, in bytes. */
const MAX_URL_BYTES = 16 * 1024;

/** A request whose sender is known and whose URL is read. */
export interface AdmittedRequest {
  readonly user: User;
  readonly method: string;
  /** The path, percent-decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/**
 * The first thing that happens to every request: it is logged, its sender identified, its URL read.
 *
 * @throws StatusError 401, 414, or 400 for a URL that cannot be decoded.
 */
export function admitRequest(request: IncomingMessage, { log, authenticator }: ServerContext): AdmittedRequest {
  const { method = 'GET', url = '/', headers } = request;
  if (url.length > MAX_URL_BYTES) throw urlTooLong(MAX_URL_BYTES);
  const [path = '/', search = ''] = splitOnce(url, '?');
  const query = new URLSearchParams(search);
  let user: User | undefined;
  try {
    user = authenticator.identify(request);
    return { user, method, segments: pathSegments(path), query };
  } finally {
    log.append({
      method,
      path,
      query: Object.fromEntries(query),
      ...(user && { user: user.name }),
      userAgent: headers['user-agent'] ?? '',
      ...(headers.upgrade === undefined ? {} : { upgrade: headers.upgrade }),
    });
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
