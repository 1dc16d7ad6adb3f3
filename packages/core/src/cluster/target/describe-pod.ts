import { PodNotRunningError } from '../../errors/target-errors.ts';
import type { Pod } from './pod.ts';

/** The phase as kubectl shows it: a pod that is being deleted is `Terminating`, whatever its phase. */
export function phaseOf(pod: Pod): string {
  return pod.isTerminating ? 'Terminating' : pod.phase;
}

/** Why a pod is not ready, in one line. */
export function describePod(pod: Pod): string {
  const states = pod.containerStates.length > 0 ? `, ${pod.containerStates.join(', ')}` : '';
  return `${pod.name}: ${phaseOf(pod)}${states}`;
}

/** The error for a pod that was asked for by name and does not run. */
export function podNotRunning(pod: Pod): PodNotRunningError {
  const phase = phaseOf(pod);
  return new PodNotRunningError({
    message: `The pod "${pod.name}" in namespace "${pod.namespace}" is not running (${phase})`,
    hint: pod.containerStates.length > 0 ? pod.containerStates.join('\n') : undefined,
    phase,
    containerStates: pod.containerStates,
  });
}
