import type { ArmedFault } from './armed-fault.ts';
import type { FaultTurns } from './fault.ts';

/** Makes the handle of a fault, bound to the cluster's seed and end. @throws RangeError for turns that make no sense. */
export type ArmFault = (description: string, turns: FaultTurns) => ArmedFault;
