import { expect, test } from 'vitest';
import { SimulatedNodes } from './helpers/simulated-nodes.ts';

test('an image whose function throws ends its own container, and no other', () => {
  const exits = () => {
    throw new Error('broken');
  };
  using nodes = new SimulatedNodes({ images: [{ name: 'broken', exits }] });
  nodes.store.batch(() => {
    nodes.addPod('broken', { image: 'broken' });
    nodes.addPod('web');
  });
  expect(nodes.isReady('web')).toBe(true);
  expect(nodes.container('broken').lastState ?? nodes.container('broken').state).toMatchObject({
    terminated: { exitCode: 128, reason: 'StartError' },
  });
  expect(nodes.errors.map(({ message }) => message)).toContain('broken');
});

test('a pod that names a node which is not there waits for it', () => {
  using nodes = new SimulatedNodes();
  nodes.addPod('early', { spec: { nodeName: 'late', containers: [{ name: 'main', image: 'x' }] } });
  expect(nodes.pod('early').status).toEqual({ phase: 'Pending' });
  nodes.addNode('late');
  expect(nodes.isReady('early')).toBe(true);
});

test('a container that ends at once on its first start is ready once, after the second', () => {
  const exits = ({ restartCount }: { restartCount: number }) =>
    restartCount === 0 ? { afterMs: 0, code: 1 } : undefined;
  using nodes = new SimulatedNodes({ images: [{ name: 'hasty', readyMs: 5000, exits }] });
  nodes.addPod('hasty', { image: 'hasty' });
  expect(nodes.clock.waiting).toBe(1);
  nodes.clock.advance(5000);
  expect([nodes.isReady('hasty'), nodes.container('hasty').restartCount]).toEqual([true, 1]);
});
