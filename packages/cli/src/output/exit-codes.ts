import { type ErrorCode, KforgeError } from '@kforge/core';

/** The exit codes of the kforge command; `docs/exit-codes.md` says more on each. */
export const EXIT_CODE = {
  ok: 0,
  failed: 1,
  usage: 2,
  kubeconfig: 3,
  denied: 4,
  notFound: 5,
  notReady: 6,
  localPort: 7,
  unreachable: 8,
  timeout: 9,
} as const;

const BY_ERROR: Readonly<Record<ErrorCode, number>> = {
  OPTIONS_INVALID: EXIT_CODE.usage,
  DISPOSED: EXIT_CODE.failed,
  KUBECONFIG_NOT_FOUND: EXIT_CODE.kubeconfig,
  KUBECONFIG_INVALID: EXIT_CODE.kubeconfig,
  CONTEXT_NOT_FOUND: EXIT_CODE.kubeconfig,
  UNAUTHORIZED: EXIT_CODE.denied,
  CREDENTIALS_INVALID: EXIT_CODE.denied,
  CREDENTIAL_PLUGIN_NOT_FOUND: EXIT_CODE.denied,
  CREDENTIAL_PLUGIN_FAILED: EXIT_CODE.denied,
  CLUSTER_UNREACHABLE: EXIT_CODE.unreachable,
  CERTIFICATE_REJECTED: EXIT_CODE.unreachable,
  PROXY_FAILED: EXIT_CODE.unreachable,
  FORBIDDEN: EXIT_CODE.denied,
  API_ERROR: EXIT_CODE.failed,
  API_RESPONSE_INVALID: EXIT_CODE.unreachable,
  TARGET_NOT_FOUND: EXIT_CODE.notFound,
  NAMESPACE_NOT_FOUND: EXIT_CODE.notFound,
  CONTAINER_NOT_FOUND: EXIT_CODE.notFound,
  POD_NOT_RUNNING: EXIT_CODE.notReady,
  NO_READY_POD: EXIT_CODE.notReady,
  PORT_NOT_DECLARED: EXIT_CODE.notFound,
  PORT_NOT_TCP: EXIT_CODE.notFound,
  SERVICE_WITHOUT_SELECTOR: EXIT_CODE.notFound,
  TARGET_GONE: EXIT_CODE.failed,
  PORT_CONFLICT: EXIT_CODE.localPort,
  PORT_NOT_PERMITTED: EXIT_CODE.localPort,
  ADDRESS_NOT_AVAILABLE: EXIT_CODE.localPort,
  NO_FREE_PORT: EXIT_CODE.localPort,
  UPGRADE_REFUSED: EXIT_CODE.unreachable,
  TUNNEL_CLOSED: EXIT_CODE.unreachable,
  TUNNEL_SILENT: EXIT_CODE.unreachable,
  PROTOCOL_VIOLATION: EXIT_CODE.unreachable,
  STREAM_REFUSED: EXIT_CODE.failed,
  STREAM_RESET: EXIT_CODE.failed,
  FORWARD_NOT_FOUND: EXIT_CODE.notFound,
  START_TIMEOUT: EXIT_CODE.timeout,
  CONNECTION_TIMEOUT: EXIT_CODE.timeout,
};

/** The exit code that an error ends the command with. */
export function exitCodeOf(error: unknown): number {
  return KforgeError.is(error) ? BY_ERROR[error.code] : EXIT_CODE.failed;
}
