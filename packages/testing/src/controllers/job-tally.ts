import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { phaseOf } from './pod-state.ts';

/** The annotation and label of a pod that works on one index of a Job. */
export const JOB_INDEX = 'batch.kubernetes.io/job-completion-index';

/** The first and the longest pause after a failure, in milliseconds; it doubles with each failure in a row. */
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 600_000;

/** Counts the pods of one Job that have ended, each once, also those that are deleted afterwards. */
export class JobTally {
  readonly #counted = new Set<string>();
  readonly #indexes = new Set<number>();
  #succeeded = 0;
  #failed = 0;
  #failuresInRow = 0;
  #pausedUntil = 0;

  get succeeded(): number {
    return this.#succeeded;
  }

  get failed(): number {
    return this.#failed;
  }

  /** The indexes that are done. */
  get indexes(): ReadonlySet<number> {
    return this.#indexes;
  }

  /** Until when no pod is made after failures, in milliseconds since the epoch. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Counts what has ended since the last time. A pod that somebody deletes before it has succeeded has failed. */
  count(options: {
    readonly pods: readonly KubernetesObject[];
    readonly isIndexed: boolean;
    readonly now: number;
  }): void {
    for (const pod of options.pods) {
      const { uid, deletionTimestamp } = pod.metadata;
      const phase = phaseOf(pod);
      const hasFailed = phase === 'Failed' || (deletionTimestamp !== undefined && phase !== 'Succeeded');
      if (this.#counted.has(uid) || (phase !== 'Succeeded' && !hasFailed)) continue;
      this.#counted.add(uid);
      if (hasFailed) this.#fail(options.now);
      else this.#succeed(options.isIndexed ? indexOf(pod) : undefined);
    }
  }

  /** Leaves a pod out of the count: the Job itself ends it. */
  ignore({ metadata }: KubernetesObject): void {
    this.#counted.add(metadata.uid);
  }

  /** Counts a pod as failed that is ended with its Job. */
  countAsFailed({ metadata }: KubernetesObject): void {
    this.#counted.add(metadata.uid);
    this.#failed += 1;
  }

  #succeed(index: number | undefined): void {
    this.#failuresInRow = 0;
    if (index !== undefined && this.#indexes.has(index)) return;
    if (index !== undefined) this.#indexes.add(index);
    this.#succeeded += 1;
  }

  #fail(now: number): void {
    this.#failed += 1;
    this.#failuresInRow += 1;
    this.#pausedUntil = now + Math.min(FIRST_PAUSE_MS * 2 ** (this.#failuresInRow - 1), LONGEST_PAUSE_MS);
  }
}

/** The index that a pod works on. */
export function indexOf({ metadata }: KubernetesObject): number | undefined {
  const text = metadata.annotations?.[JOB_INDEX] ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Indexes as a Job tells them: `0-2,4`. */
export function indexText(indexes: ReadonlySet<number>): string {
  const runs: [first: number, last: number][] = [];
  for (const index of [...indexes].sort((left, right) => left - right)) {
    const run = runs.at(-1);
    if (run && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  // Two in a row are told one by one.
  return runs
    .map(([first, last]) => (first === last ? `${first}` : `${first}${last === first + 1 ? ',' : '-'}${last}`))
    .join(',');
}
