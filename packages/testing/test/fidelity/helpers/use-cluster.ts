import { afterAll, beforeAll, vi } from 'vitest';
import './outcome-snapshots.ts';
import { TestCluster } from './test-cluster.ts';
import type { TestNamespace } from './test-namespace.ts';

/**
 * Opens the cluster of a test file before its tests and closes it after them.
 *
 * @returns makes a namespace for one test.
 */
export function useCluster(): () => Promise<TestNamespace> {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  let cluster: TestCluster | undefined;
  beforeAll(async () => {
    cluster = await TestCluster.open();
  });
  afterAll(() => cluster?.[Symbol.asyncDispose]());
  return async () => {
    if (cluster === undefined) throw new Error('The cluster is not open yet');
    return cluster.createNamespace();
  };
}

/**
 * Makes one namespace for tests of a file that only read, and puts objects into it before them.
 *
 * @returns the namespace.
 */
export function useNamespace(prepare: (namespace: TestNamespace) => Promise<void>): () => TestNamespace {
  const freshNamespace = useCluster();
  let namespace: TestNamespace | undefined;
  beforeAll(async () => {
    namespace = await freshNamespace();
    await prepare(namespace);
  });
  afterAll(() => namespace?.[Symbol.asyncDispose]());
  return () => {
    if (namespace === undefined) throw new Error('The namespace does not exist yet');
    return namespace;
  };
}
