import type { ContainerContext, ContainerExit, ImageOptions } from './images.ts';

/**
 * Lets a container say its first words.
 *
 * @returns how it ends by itself, if it does
 * @throws whatever the functions of the image throw.
 */
export function beginLife(options: {
  readonly image: ImageOptions | undefined;
  readonly role: string;
  readonly context: ContainerContext;
  readonly say: (line: string) => void;
}): ContainerExit | undefined {
  const { role, context, say } = options;
  const { logs: words = [], exits } = options.image ?? {};
  for (const line of typeof words === 'function' ? words(context) : words) say(line);
  if (typeof exits === 'function') return exits(context);
  // What nobody knows to end cannot be waited for.
  return exits ?? (role === 'init' ? { afterMs: 0, code: 0 } : undefined);
}
