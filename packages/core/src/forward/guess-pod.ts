import type { ForwardSpec } from '../model/forward-spec.ts';

/** A pod and a port that a forward will most likely lead to. */
export interface PodGuess {
  readonly podName: string;
  readonly port: number;
}

/** What a target resolves to where that can be told without asking: a pod by its name, and a port by its number. */
export function guessPod(spec: ForwardSpec): PodGuess | undefined {
  const port = spec.ports[0]?.remotePort;
  if (spec.target.kind !== 'pod' || typeof port !== 'number') return undefined;
  return { podName: spec.target.name, port };
}
