import type { ContainerRun } from './container-run.ts';

/** How far a pod has come, as its containers show it. */
export function podPhase(pod: {
  readonly init: readonly ContainerRun[];
  readonly main: readonly ContainerRun[];
  readonly restartPolicy: string;
  /** Whether nothing starts again, because the pod is on its way out. */
  readonly isEnding: boolean;
}): string {
  const { init, main, restartPolicy, isEnding } = pod;
  const firsts = init.filter(({ plan }) => plan.role === 'init');
  const failedFirst = firsts.some(({ ended }) => ended !== undefined && ended.exitCode !== 0);
  if (failedFirst && restartPolicy === 'Never') return 'Failed';
  if (firsts.some(({ ended }) => ended?.exitCode !== 0)) return 'Pending';
  const ended = main.map((one) => one.ended);
  if (main.some(({ isRunning }, index) => !isRunning && ended[index] === undefined)) return 'Pending';
  if (main.some(({ isRunning }) => isRunning)) return 'Running';
  if (restartPolicy === 'Always' && !isEnding) return 'Running';
  if (ended.every((one) => one?.exitCode === 0)) return 'Succeeded';
  return restartPolicy === 'Never' || isEnding ? 'Failed' : 'Running';
}
