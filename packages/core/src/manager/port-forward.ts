import type {
  Carrier,
  ForwardedPort,
  ForwardTraffic,
  PortForwardInfo,
  PortForwardStatus,
} from '../model/forward-info.ts';
import type { Target } from '../model/target.ts';

/** What a handle does through its manager. */
export interface PortForwardSource {
  readonly info: () => PortForwardInfo;
  readonly stop: () => Promise<void>;
}

/**
 * A forward that was started. Its fields are those of {@link PortForwardInfo} and always current; {@link PortForward.snapshot} gives them
 * all at one moment. Leaving an `await using` block stops it.
 */
export class PortForward implements PortForwardInfo, AsyncDisposable {
  readonly id: string;
  readonly #source: PortForwardSource;

  constructor(source: PortForwardSource) {
    this.#source = source;
    this.id = source.info().id;
  }

  get podName(): string {
    return this.snapshot().podName;
  }

  get namespace(): string {
    return this.snapshot().namespace;
  }

  get context(): string {
    return this.snapshot().context;
  }

  get target(): Target {
    return this.snapshot().target;
  }

  get localPort(): number {
    return this.snapshot().localPort;
  }

  get remotePort(): number {
    return this.snapshot().remotePort;
  }

  get ports(): readonly ForwardedPort[] {
    return this.snapshot().ports;
  }

  get addresses(): readonly string[] {
    return this.snapshot().addresses;
  }

  get status(): PortForwardStatus {
    return this.snapshot().status;
  }

  get uptime(): number {
    return this.snapshot().uptime;
  }

  get startTime(): Date {
    return this.snapshot().startTime;
  }

  get traffic(): ForwardTraffic {
    return this.snapshot().traffic;
  }

  get error(): string | undefined {
    return this.snapshot().error;
  }

  get lastActivity(): Date | undefined {
    return this.snapshot().lastActivity;
  }

  get carrier(): Carrier | undefined {
    return this.snapshot().carrier;
  }

  get lastConnectionError(): string | undefined {
    return this.snapshot().lastConnectionError;
  }

  /** The whole forward at this moment. */
  snapshot(): PortForwardInfo {
    return this.#source.info();
  }

  /** Stops the forward: its ports are free and its connections ended when this resolves. Idempotent. */
  stop(): Promise<void> {
    return this.#source.stop();
  }

  toJSON(): PortForwardInfo {
    return this.snapshot();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
