import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject, ObjectInput } from './kubernetes-object.ts';

/** The number of the content that an object has: one more than before when anything but its metadata and its status has changed. */
export function generationOf(input: ObjectInput, previous: KubernetesObject | undefined): number {
  if (!previous) return 1;
  const { generation = 1 } = previous.metadata;
  return isDeepStrictEqual(contentOf(input), contentOf(previous)) ? generation : generation + 1;
}

function contentOf({ metadata: _metadata, status: _status, ...content }: ObjectInput): object {
  if (content.kind !== 'Pod') return content;
  // That a pod gets its node is no change of what it should be.
  const { nodeName: _nodeName, ...spec } = content.spec as Readonly<Record<string, unknown>>;
  return { ...content, spec };
}
