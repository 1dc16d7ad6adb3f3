import type { ContainerRun } from './container-run.ts';

/** How far a pod has come, as its containers show it. */
export function podPhase(pod: {
  readonly init: readonly ContainerRun[];
  readonly main: readonly ContainerRun[];
  readonly restartPolicy: string;
}): string {
  const { init, main, restartPolicy } = pod;
  const firsts = init.filter(({ plan }) => plan.role === 'init');
  const failedFirst = firsts.some(({ ended }) => ended !== undefined && ended.exitCode !== 0);
  if (failedFirst && restartPolicy === 'Never') return 'Failed';
  if (firsts.some(({ ended }) => ended?.exitCode !== 0)) return 'Pending';
  const ended = main.map((one) => one.ended);
  if (main.some(({ isRunning }, index) => !isRunning && ended[index] === undefined)) return 'Pending';
  if (main.some(({ isRunning }) => isRunning) || restartPolicy === 'Always') return 'Running';
  if (ended.every((one) => one?.exitCode === 0)) return 'Succeeded';
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}
