import type { ContainerContext, ContainerExit, ImageOptions } from './images.ts';
import type { ContainerPlan } from './pod-plan.ts';

/**
 * Lets a container say its first words.
 *
 * @returns how it ends by itself, if it does
 * @throws whatever the functions of the image throw.
 */
export function beginLife(options: {
  readonly image: ImageOptions | undefined;
  readonly plan: Pick<ContainerPlan, 'role' | 'isMeantToEnd'>;
  readonly context: ContainerContext;
  readonly say: (line: string) => void;
}): ContainerExit | undefined {
  const { image, plan, context, say } = options;
  const { logs: words = [], exits } = image ?? {};
  for (const line of typeof words === 'function' ? words(context) : words) say(line);
  if (typeof exits === 'function') return exits(context);
  if (exits) return exits;
  // What nobody knows to end cannot be waited for: the hooks of a chart would never be done.
  const isUntold = plan.role === 'init' || (plan.isMeantToEnd && image === undefined);
  return isUntold ? { afterMs: 0, code: 0 } : undefined;
}
