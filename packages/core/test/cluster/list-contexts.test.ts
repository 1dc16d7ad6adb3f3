import { expect, test } from 'vitest';
import { listContexts } from '../../src/cluster/list-contexts.ts';

test('contexts come in the order of the file, with what they name', async () => {
  const kubeconfig = {
    'current-context': 'b',
    contexts: [
      { name: 'a', context: { cluster: 'one', user: 'me', namespace: 'shop' } },
      { name: 'b', context: { cluster: 'two', namespace: '' } },
    ],
  };
  expect(await listContexts({ kubeconfig })).toEqual([
    { name: 'a', cluster: 'one', user: 'me', namespace: 'shop', current: false },
    { name: 'b', cluster: 'two', user: undefined, namespace: undefined, current: true },
  ]);
});
