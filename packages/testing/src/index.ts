export type { AccessAttempt, Authorize } from './access/access-attempt.ts';
export type { IssuedToken, TokenOptions } from './access/tokens.ts';
export type { Kubeconfig, KubeconfigOptions } from './certificates/kubeconfigs.ts';
export type { Clock } from './clock/clock.ts';
export { FakeClock } from './clock/fake-clock.ts';
export { SystemClock } from './clock/system-clock.ts';
export type { CustomKind } from './cluster/custom-kind.ts';
export type { PortForwardOptions, SimulatedClusterOptions } from './cluster/simulated-cluster-options.ts';
export { type StatusCause, type StatusDetails, StatusError, type StatusObject } from './errors/status-error.ts';
export type { Fault, FaultTurns } from './faults/fault.ts';
export type { Faults } from './faults/faults.ts';
export type { FailureAnswer } from './faults/requests/failure-answer.ts';
export type { RequestFaultOptions } from './faults/requests/request-faults.ts';
export type { RequestMatch } from './faults/requests/request-match.ts';
export type { DrawOptions } from './faults/schedule/draw-steps.ts';
export type { FaultSchedule } from './faults/schedule/fault-schedule.ts';
export type { FaultKind, FaultStep } from './faults/schedule/fault-step.ts';
export type { RefuseOptions } from './faults/tunnels/carrier-refusals.ts';
export type { Tunnel, TunnelDirection } from './faults/tunnels/tunnel.ts';
export type { TunnelFaultOptions, TunnelFaults, TunnelMatch } from './faults/tunnels/tunnel-faults.ts';
export type { WatchEndOptions, WatchFaults } from './faults/watches/watch-faults.ts';
export type { LoggedRequest } from './http/request-log.ts';
export type { ContainerOptions, PodOptions, PodPhase } from './objects/pod-options.ts';
export type { ServiceOptions } from './objects/service-object.ts';
export { answersAtEnd } from './pods/answers-at-end.ts';
export { bytePattern } from './pods/byte-pattern.ts';
export { drip } from './pods/drip.ts';
export { echo } from './pods/echo.ts';
export { http } from './pods/http.ts';
export { neverReads } from './pods/never-reads.ts';
export type { PodConnectionContext, PodHandler } from './pods/pod-handler.ts';
export { redis } from './pods/redis.ts';
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
export { shellCommand } from './runtime/shell-command.ts';
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
export type { PrinterColumn } from './state/resource-kind.ts';
