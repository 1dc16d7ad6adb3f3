/**
 * Every code that a {@link KforgeError} can carry. The set is closed: removing or renaming a member is a breaking change, and each
 * code has a row in `docs/errors.md` (a test compares the two).
 */
export const ERROR_CODES = [
  // What the caller asked for
  'OPTIONS_INVALID',
  'DISPOSED',
  // Kubeconfig
  'KUBECONFIG_NOT_FOUND',
  'KUBECONFIG_INVALID',
  'CONTEXT_NOT_FOUND',
  // Credentials
  'UNAUTHORIZED',
  'CREDENTIALS_INVALID',
  'CREDENTIAL_PLUGIN_NOT_FOUND',
  'CREDENTIAL_PLUGIN_FAILED',
  // The API server
  'CLUSTER_UNREACHABLE',
  'CERTIFICATE_REJECTED',
  'PROXY_FAILED',
  'FORBIDDEN',
  'API_ERROR',
  'API_RESPONSE_INVALID',
  // What a forward leads to
  'TARGET_NOT_FOUND',
  'NAMESPACE_NOT_FOUND',
  'CONTAINER_NOT_FOUND',
  'POD_NOT_RUNNING',
  'NO_READY_POD',
  'PORT_NOT_DECLARED',
  'PORT_NOT_TCP',
  'SERVICE_WITHOUT_SELECTOR',
  'TARGET_GONE',
  // The local side
  'PORT_CONFLICT',
  'PORT_NOT_PERMITTED',
  'ADDRESS_NOT_AVAILABLE',
  'NO_FREE_PORT',
  // The tunnel and its streams
  'UPGRADE_REFUSED',
  'TUNNEL_CLOSED',
  'TUNNEL_SILENT',
  'PROTOCOL_VIOLATION',
  'STREAM_REFUSED',
  'STREAM_RESET',
  // A forward
  'FORWARD_NOT_FOUND',
  'START_TIMEOUT',
  'CONNECTION_TIMEOUT',
] as const;

/** One of the closed set of error codes. */
export type ErrorCode = (typeof ERROR_CODES)[number];
