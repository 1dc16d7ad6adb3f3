import { KforgeError } from './kforge-error.ts';

interface TargetErrorOptions {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** The pod, service or workload does not exist, or a selector matches nothing. */
export class TargetNotFoundError extends KforgeError {
  static readonly code: 'TARGET_NOT_FOUND' = 'TARGET_NOT_FOUND';
  override readonly code: typeof TargetNotFoundError.code = TargetNotFoundError.code;
  /** Names in the same namespace that look alike, best first. */
  readonly similar: readonly string[];

  constructor(options: TargetErrorOptions & { readonly similar?: readonly string[] }) {
    super(options);
    this.similar = options.similar ?? [];
  }
}

/** The namespace does not exist. */
export class NamespaceNotFoundError extends KforgeError {
  static readonly code: 'NAMESPACE_NOT_FOUND' = 'NAMESPACE_NOT_FOUND';
  override readonly code: typeof NamespaceNotFoundError.code = NamespaceNotFoundError.code;
  readonly namespace: string;

  constructor(options: TargetErrorOptions & { readonly namespace: string }) {
    super(options);
    this.namespace = options.namespace;
  }
}

/** The pod has no container of that name, or that container does not declare the port. */
export class ContainerNotFoundError extends KforgeError {
  static readonly code: 'CONTAINER_NOT_FOUND' = 'CONTAINER_NOT_FOUND';
  override readonly code: typeof ContainerNotFoundError.code = ContainerNotFoundError.code;
  readonly containers: readonly string[];

  constructor(options: TargetErrorOptions & { readonly containers: readonly string[] }) {
    super(options);
    this.containers = options.containers;
  }
}

/** The pod exists and does not run. */
export class PodNotRunningError extends KforgeError {
  static readonly code: 'POD_NOT_RUNNING' = 'POD_NOT_RUNNING';
  override readonly code: typeof PodNotRunningError.code = PodNotRunningError.code;
  /** The pod's phase, or `Terminating`. */
  readonly phase: string;
  /** Each container's state in a few words: `web: waiting (ImagePullBackOff)`. */
  readonly containerStates: readonly string[];

  constructor(options: TargetErrorOptions & { readonly phase: string; readonly containerStates: readonly string[] }) {
    super(options);
    this.phase = options.phase;
    this.containerStates = options.containerStates;
  }
}

/** The service, workload or selector has no pod that is ready, within the time that was given. */
export class NoReadyPodError extends KforgeError {
  static readonly code: 'NO_READY_POD' = 'NO_READY_POD';
  override readonly code: typeof NoReadyPodError.code = NoReadyPodError.code;
  /** How many pods it has that are not ready. */
  readonly notReady: number;

  constructor(options: TargetErrorOptions & { readonly notReady: number }) {
    super(options);
    this.notReady = options.notReady;
  }
}

/** The port's name or number is unknown to the target. */
export class PortNotDeclaredError extends KforgeError {
  static readonly code: 'PORT_NOT_DECLARED' = 'PORT_NOT_DECLARED';
  override readonly code: typeof PortNotDeclaredError.code = PortNotDeclaredError.code;
  /** What the target declares, as `http 8080/TCP`. */
  readonly declared: readonly string[];

  constructor(options: TargetErrorOptions & { readonly declared: readonly string[] }) {
    super(options);
    this.declared = options.declared;
  }
}

/** The port is UDP or SCTP; the Kubernetes API forwards TCP only. */
export class PortNotTcpError extends KforgeError {
  static readonly code: 'PORT_NOT_TCP' = 'PORT_NOT_TCP';
  override readonly code: typeof PortNotTcpError.code = PortNotTcpError.code;
  readonly protocol: string;

  constructor(options: TargetErrorOptions & { readonly protocol: string }) {
    super(options);
    this.protocol = options.protocol;
  }
}

/** A service without a selector has no pods of its own: nothing to forward to. */
export class ServiceWithoutSelectorError extends KforgeError {
  static readonly code: 'SERVICE_WITHOUT_SELECTOR' = 'SERVICE_WITHOUT_SELECTOR';
  override readonly code: typeof ServiceWithoutSelectorError.code = ServiceWithoutSelectorError.code;

  constructor(options: TargetErrorOptions) {
    super(options);
  }
}

/** The target of a running forward was deleted for good. */
export class TargetGoneError extends KforgeError {
  static readonly code: 'TARGET_GONE' = 'TARGET_GONE';
  override readonly code: typeof TargetGoneError.code = TargetGoneError.code;

  constructor(options: TargetErrorOptions) {
    super(options);
  }
}
