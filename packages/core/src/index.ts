/**
 * kforge: port forwards that survive, isolate and tell the truth.
 *
 * @packageDocumentation
 */
export type { KubeconfigSource } from './cluster/kubeconfig/kubeconfig-object.ts';
export { formatTarget, parseTarget } from './cluster/parse-target.ts';
export {
  ApiError,
  ApiResponseInvalidError,
  CertificateRejectedError,
  ClusterUnreachableError,
  ForbiddenError,
  ProxyFailedError,
} from './errors/cluster-errors.ts';
export { ERROR_CODES, type ErrorCode } from './errors/codes.ts';
export {
  CredentialPluginFailedError,
  CredentialPluginNotFoundError,
  CredentialsInvalidError,
  UnauthorizedError,
} from './errors/credential-errors.ts';
export { ConnectionTimeoutError, ForwardNotFoundError, StartTimeoutError } from './errors/forward-errors.ts';
export { KforgeError, type KforgeErrorJson } from './errors/kforge-error.ts';
export { ContextNotFoundError, KubeconfigInvalidError, KubeconfigNotFoundError } from './errors/kubeconfig-errors.ts';
export { DisposedError, type OptionProblem, OptionsError } from './errors/options-error.ts';
export {
  AddressNotAvailableError,
  NoFreePortError,
  PortConflictError,
  PortNotPermittedError,
  type PortOwner,
} from './errors/port-errors.ts';
export {
  ContainerNotFoundError,
  NamespaceNotFoundError,
  NoReadyPodError,
  PodNotRunningError,
  PortNotDeclaredError,
  PortNotTcpError,
  ServiceWithoutSelectorError,
  TargetGoneError,
  TargetNotFoundError,
} from './errors/target-errors.ts';
export {
  ProtocolViolationError,
  StreamRefusedError,
  StreamResetError,
  TunnelClosedError,
  TunnelSilentError,
  UpgradeRefusedError,
} from './errors/transport-errors.ts';
export type { PortForwardConfig } from './forward/forward-options.ts';
export { nextStatus, type StatusEvent } from './forward/next-status.ts';
export type { AbortOptions } from './lifecycle/abort-options.ts';
export type { Subscription } from './lifecycle/typed-events.ts';
export { type Logger, silentLogger } from './log/logger.ts';
export type { PortForwardManagerOptions } from './manager/manager-options.ts';
export { PortForward } from './manager/port-forward.ts';
export { PortForwardManager } from './manager/port-forward-manager.ts';
export type { ConnectionInfo, ForwardEvents, PortForwardEvent } from './model/forward-events.ts';
export type {
  Carrier,
  ForwardedPort,
  ForwardTraffic,
  PortForwardInfo,
  PortForwardStatus,
} from './model/forward-info.ts';
export type { PortMapping } from './model/forward-spec.ts';
export type { RemotePort, Target, TargetKind } from './model/target.ts';
export { parsePortMapping } from './ports/parse-port.ts';
