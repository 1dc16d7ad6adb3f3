import { defineConfig } from 'vitest/config';

const conditions = ['@kforge/source'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
};

export default defineConfig({
  ...shared,
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts'],
          exclude: ['packages/*/test/contract/**', '**/node_modules/**'],
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
