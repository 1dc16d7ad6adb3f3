import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { StatusError } from '../errors/status-error.ts';

/** Answers with a value as JSON. */
export function sendJson(
  response: ServerResponse,
  { body, status = 200, contentType = 'application/json' }: { body: unknown; status?: number; contentType?: string },
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-cache, private',
    // Answers differ by Accept; without this header the disk cache of client-go mixes them up.
    vary: 'Accept',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

/** Answers with a `Status`, or, once an answer has begun, cuts it off: the client must not take half of it for the whole. */
export function sendStatus(response: ServerResponse, error: StatusError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const retry = retryAfter(error);
  if (retry !== undefined) response.setHeader('retry-after', retry);
  sendJson(response, { body: error.toStatus(), status: error.code });
}

/** Answers a request for an upgrade with a `Status` and perhaps more headers, and closes the connection. */
export function sendUpgradeStatus(
  socket: Duplex,
  error: StatusError,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = `${JSON.stringify(error.toStatus())}\n`;
  const retry = retryAfter(error);
  const head = [
    // A client reads the number; the words after it may be anything (RFC 9112, section 4).
    `HTTP/1.1 ${error.code} ${error.reason}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
    ...(retry === undefined ? [] : [`retry-after: ${retry}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/** When a client should ask again, in seconds. */
function retryAfter(error: StatusError): string | undefined {
  const seconds = error.toStatus().details?.retryAfterSeconds ?? (error.code === 429 ? 1 : undefined);
  return seconds?.toString();
}

/** What to answer for something thrown: a defect of the simulator is a 500 that says so. */
export function asStatusError(thrown: unknown): StatusError {
  if (thrown instanceof StatusError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new StatusError({ code: 500, reason: 'InternalError', message: `Internal error occurred: ${text}` });
}
