import { defineConfig } from 'vitest/config';

const conditions = ['@kforge/source'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

const report = process.env.KFORGE_TEST_REPORT;

export default defineConfig({
  ...shared,
  test: {
    // `.ci/run` sums up the figures of several runs.
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: ['packages/*/test/{contract,fidelity}/**', '**/node_modules/**'],
        },
      },
      { ...shared, test: { name: 'contract', include: ['packages/*/test/contract/**/*.test.ts'] } },
      {
        ...shared,
        test: {
          name: 'workspace',
          include: ['test/{architecture,package,examples}/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        // Without the condition of the workspace: what is packed must work by itself. It installs from the registry.
        test: { name: 'tarball', include: ['test/tarball/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        ...shared,
        test: {
          // The simulated cluster and a real one, by the same tests: KFORGE_TEST_CONTEXT names the real one.
          name: 'fidelity',
          include: ['packages/testing/test/fidelity/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'cluster',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
