export type { AccessAttempt, Authorize } from './access/access-attempt.ts';
export type { IssuedToken, TokenOptions } from './access/tokens.ts';
export type { Kubeconfig, KubeconfigOptions } from './certificates/kubeconfigs.ts';
export type { Clock } from './clock/clock.ts';
export { FakeClock } from './clock/fake-clock.ts';
export { SystemClock } from './clock/system-clock.ts';
export type { CustomKind } from './cluster/custom-kind.ts';
export type { PortForwardOptions, SimulatedClusterOptions } from './cluster/simulated-cluster-options.ts';
export { type StatusCause, type StatusDetails, StatusError, type StatusObject } from './errors/status-error.ts';
export type { Fault } from './faults/fault.ts';
export type { Faults } from './faults/faults.ts';
export type { Tunnel } from './faults/tunnels/tunnel.ts';
export type { LoggedRequest } from './http/request-log.ts';
export type { ContainerOptions, PodOptions, PodPhase } from './objects/pod-options.ts';
export type { ServiceOptions } from './objects/service-object.ts';
export { bytePattern } from './pods/byte-pattern.ts';
export { drip } from './pods/drip.ts';
export { echo } from './pods/echo.ts';
export { http } from './pods/http.ts';
export { neverReads } from './pods/never-reads.ts';
export type { PodConnectionContext, PodHandler } from './pods/pod-handler.ts';
export { replyAndClose } from './pods/reply-and-close.ts';
export { reset } from './pods/reset.ts';
export { silence } from './pods/silence.ts';
export { sink } from './pods/sink.ts';
export { type SlowAnswerOptions, slowAnswer } from './pods/slow-answer.ts';
export { source } from './pods/source.ts';
export { speaksFirst } from './pods/speaks-first.ts';
export type { PortForwardBehaviour } from './port-forward/port-forward-behaviour.ts';
export type { PortForwardCarrier, PortForwardSession } from './port-forward/serve-port-forward.ts';
export type { ContainerContext, ContainerExit, ImageOptions, TimedLine } from './runtime/images.ts';
export { SimulatedCluster } from './simulated-cluster.ts';
export type {
  Condition,
  Container,
  ContainerPort,
  ContainerState,
  ContainerStatus,
  KubernetesObject,
  ObjectInput,
  ObjectMeta,
  ObjectName,
  OwnerReference,
  PodObject,
  ServiceObject,
  ServicePort,
} from './state/kubernetes-object.ts';
