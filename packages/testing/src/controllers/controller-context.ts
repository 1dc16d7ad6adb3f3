import type { Clock } from '../clock/clock.ts';
import type { EventRecorder } from '../objects/event-recorder.ts';
import type { NameGenerator } from '../objects/name-generator.ts';
import type { ObjectStore } from '../state/object-store.ts';

/** What every controller works with. */
export interface ControllerContext {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly names: NameGenerator;
  readonly events: EventRecorder;
  /** The certificate of the cluster's authority, as a PEM block. */
  readonly rootCertificate: string;
  /** Ends the controller. */
  readonly signal: AbortSignal;
}
