/** The client sent what is no SPDY/3.1; the session ends with a GOAWAY, nothing else does. */
export class SpdyProtocolError extends Error {
  override readonly name = 'SpdyProtocolError';
}
