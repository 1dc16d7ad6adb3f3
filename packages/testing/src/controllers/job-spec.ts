import { fieldsOf } from '../objects/defaults/fields.ts';
import type { KubernetesObject } from '../state/kubernetes-object.ts';
import { countOf } from './read-field.ts';

/** What a Job asks for, with the defaults of the API server. */
export interface JobSpec {
  readonly parallelism: number;
  /** How many pods must succeed; `undefined` when one success ends the whole. */
  readonly completions: number | undefined;
  readonly isIndexed: boolean;
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds: number | undefined;
  readonly ttlSecondsAfterFinished: number | undefined;
  readonly suspend: boolean;
  readonly restartsInPlace: boolean;
  /** Whether a pod is made up for only when it has ended. */
  readonly waitsForEnd: boolean;
}

/** How many pods one Job runs at once at most, whatever it asks for. */
const MAX_PARALLEL = 10_000;

/** Reads what a Job asks for. */
export function readJobSpec(job: KubernetesObject): JobSpec {
  const spec = fieldsOf(job.spec);
  const isQueue = spec.completions === undefined && spec.parallelism !== undefined;
  return {
    parallelism: Math.min(countOf(spec.parallelism, 1), MAX_PARALLEL),
    completions: isQueue ? undefined : countOf(spec.completions, 1),
    isIndexed: spec.completionMode === 'Indexed',
    backoffLimit: countOf(spec.backoffLimit, 6),
    activeDeadlineSeconds: optionalCount(spec.activeDeadlineSeconds),
    ttlSecondsAfterFinished: optionalCount(spec.ttlSecondsAfterFinished),
    suspend: spec.suspend === true,
    restartsInPlace: fieldsOf(fieldsOf(spec.template).spec).restartPolicy === 'OnFailure',
    waitsForEnd: spec.podReplacementPolicy === 'Failed',
  };
}

function optionalCount(value: unknown): number | undefined {
  const count = countOf(value, -1);
  return count === -1 ? undefined : count;
}
