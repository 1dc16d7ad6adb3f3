import type { Kubectl } from '../kubectl.ts';

/** What every measure of the simulated cluster gets. */
export interface MeasureContext {
  readonly kubectl: Kubectl;
  /** The context of the real cluster. */
  readonly context: string;
}
