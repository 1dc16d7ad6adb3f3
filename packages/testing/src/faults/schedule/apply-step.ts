import type { Faults } from '../faults.ts';
import type { Tunnel } from '../tunnels/tunnel.ts';
import type { FaultStep } from './fault-step.ts';
import type { FaultTargets } from './fault-targets.ts';

/** What a step has done: something that lasts, to be taken back after a while, or something under way. */
export type AppliedStep =
  | { readonly lasting: Disposable; readonly forMs: number }
  | { readonly busy: Promise<void> }
  | undefined;

/** Lets a step of a schedule happen, on what is there now. @throws RangeError for a step that makes no sense. */
export function applyStep(
  step: FaultStep,
  { faults, targets }: { faults: Faults; targets: FaultTargets },
): AppliedStep {
  switch (step.kind) {
    case 'delay':
      return { lasting: faults.delay({ ms: step.ms }), forMs: step.forMs };
    case 'answer':
      return { lasting: faults.answer({ status: step.status }), forMs: step.forMs };
    case 'reset':
      return { lasting: faults.reset({ executed: step.executed }), forMs: step.forMs };
    case 'hang':
      return { lasting: faults.hang(), forMs: step.forMs };
    case 'cut':
      return { lasting: faults.cut({ afterBytes: step.afterBytes }), forMs: step.forMs };
    case 'limit':
      return { lasting: faults.limit({ bytesPerSecond: step.bytesPerSecond }), forMs: step.forMs };
    case 'refuse':
      return { lasting: faults.refuse({ status: 503 }), forMs: step.forMs };
    case 'watch-drop':
      faults.watch.drop();
      return undefined;
    case 'watch-expire':
      faults.watch.expire();
      return undefined;
    case 'watch-stale':
      return { lasting: faults.watch.stale(), forMs: step.forMs };
    case 'watch-duplicate':
      return { lasting: faults.watch.duplicate(), forMs: step.forMs };
    case 'delete-pod':
      return deletePod(step, targets);
    case 'restart-server':
      return { busy: targets.restartServer({ downMs: step.downMs }) };
    case 'tunnel-cut':
    case 'tunnel-cut-after':
    case 'tunnel-black-hole':
    case 'tunnel-delay':
    case 'tunnel-limit':
      return spoilTunnel(step, targets.tunnels());
    default:
      // Steps may come from a file.
      throw new RangeError(`There is no such step: ${JSON.stringify(step)}`);
  }
}

function spoilTunnel(step: Extract<FaultStep, { kind: `tunnel-${string}` }>, tunnels: readonly Tunnel[]): AppliedStep {
  const tunnel = tunnels[step.index % tunnels.length];
  switch (step.kind) {
    case 'tunnel-cut':
      tunnel?.cut();
      return undefined;
    case 'tunnel-cut-after':
      return tunnel && { lasting: tunnel.cutAfter(step), forMs: step.forMs };
    case 'tunnel-black-hole':
      return tunnel && { lasting: tunnel.blackHole(step), forMs: step.forMs };
    case 'tunnel-delay':
      return tunnel && { lasting: tunnel.delay(step), forMs: step.forMs };
    case 'tunnel-limit':
      return tunnel && { lasting: tunnel.limit(step), forMs: step.forMs };
  }
}

function deletePod(
  step: Extract<FaultStep, { kind: 'delete-pod' }>,
  { pods, deletePod: remove }: FaultTargets,
): AppliedStep {
  const key = ({ namespace, name }: { namespace: string; name: string }): string => `${namespace}/${name}`;
  const sorted = [...pods()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const pod = sorted[step.index % sorted.length];
  return pod && { busy: remove({ namespace: pod.namespace, name: pod.name, graceMs: step.graceMs }) };
}
