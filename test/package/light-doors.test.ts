import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const dist = fileURLToPath(new URL('../../packages/core/dist/', import.meta.url));

/** The packages that a built file loads at once, itself or through its chunks. What loads later, by `import()`, does not count. */
async function packagesLoadedBy(entry: string): Promise<string[]> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const code = await readFile(file, 'utf8');
    for (const [, specifier = ''] of code.matchAll(/^(?:import|export)\b[^;]*?\bfrom\s*["']([^"']+)["']/gm)) {
      if (specifier.startsWith('.')) await visit(resolve(dirname(file), specifier));
      else if (!isBuiltin(specifier)) packages.add(specifier);
    }
  };
  await visit(resolve(dist, entry));
  expect(seen.size).toBeGreaterThan(0);
  return [...packages].sort();
}

test('the SDK loads nothing but the event emitter until it is used', async () => {
  expect(await packagesLoadedBy('index.js')).toEqual(['eventemitter3']);
});

test('the door to the local ports loads no package at all', async () => {
  expect(await packagesLoadedBy('ports/index.js')).toEqual([]);
});
