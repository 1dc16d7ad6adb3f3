import { invalidValue } from '../errors/invalid.ts';
import type { StatusCause } from '../errors/status-error.ts';
import type { ScalePaths } from '../state/resource-kind.ts';
import { readPath } from './simple-path.ts';

/** What is wrong with the numbers of replicas that a kind shows in its subresource `scale`. */
export function replicaCauses(
  object: Readonly<Record<string, unknown>>,
  { specReplicasPath, statusReplicasPath }: ScalePaths,
): readonly StatusCause[] {
  return [specReplicasPath, statusReplicasPath].flatMap((path) => {
    const replicas = readPath(object, path);
    if (typeof replicas !== 'number' || replicas >= 0) return [];
    return [invalidValue(path, replicas, 'should be a non-negative integer')];
  });
}
