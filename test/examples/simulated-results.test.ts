import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

interface Results {
  readonly date: string;
  readonly figures: readonly { readonly label: string; readonly value: string; readonly limit: string }[];
}

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

test('the table of docs/simulated-cluster.md is that of the latest full run', async () => {
  const page = await read('docs/simulated-cluster.md');
  const { date, figures } = JSON.parse(await read('bench/simulated-cluster/results.json')) as Results;
  expect(page).toContain(date);
  for (const { label, value, limit } of figures) expect(page).toContain(`| ${label} | ${value} | ${limit} |`);
});
