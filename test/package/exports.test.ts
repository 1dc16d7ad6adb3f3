import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly files: readonly string[];
}

/** The doors of each package. A change here is a change of the public surface. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  core: ['.', './ports', './package.json'],
  cli: ['.', './package.json'],
  testing: ['.', './command', './package.json'],
};

const folderOf = (packageName: string): URL => new URL(`../../packages/${packageName}/`, import.meta.url);

function manifestOf(packageName: string): Manifest {
  return JSON.parse(readFileSync(new URL('package.json', folderOf(packageName)), 'utf8')) as Manifest;
}

const doors = Object.keys(DOORS).flatMap((packageName) =>
  Object.entries(manifestOf(packageName).exports).map(([door, target]) => ({ packageName, door, target })),
);
const codeDoors = doors.flatMap(({ target, ...door }) => (typeof target === 'string' ? [] : [{ ...door, target }]));

test.each(Object.entries(DOORS))('%s has the doors %j and no other', (packageName, expected) => {
  const manifest = manifestOf(packageName);
  expect(manifest.name).toBe(`@kforge/${packageName}`);
  expect(Object.keys(manifest.exports)).toEqual(expected);
});

test.each(codeDoors)('$door of $packageName leads to a source that exists', ({ packageName, target }) => {
  const source = new URL(target['@kforge/source'] ?? 'missing', folderOf(packageName));
  expect(existsSync(fileURLToPath(source)), source.pathname).toBe(true);
});

test.each(codeDoors)('$door of $packageName leads to what its source is built to', ({ target }) => {
  const source = target['@kforge/source'] ?? '';
  const built = source.replace('./src/', './dist/').replace(/\.tsx?$/, '');
  expect(target).toEqual({ '@kforge/source': source, types: `${built}.d.ts`, default: `${built}.js` });
});

test.each(codeDoors)('$door of $packageName names its source first, as the first match counts', ({ target }) => {
  expect(Object.keys(target)).toEqual(['@kforge/source', 'types', 'default']);
});

test.each(Object.keys(DOORS))('%s publishes what its doors lead to', (packageName) => {
  expect(manifestOf(packageName).files).toEqual(['dist', 'src']);
});

test.each([
  ['cli', 'kforge', '.'],
  ['testing', 'simulated-cluster', './command'],
])('the command of %s is built from a door of its package', (packageName, command, door) => {
  const { bin, exports } = manifestOf(packageName);
  expect(bin).toEqual({ [command]: (exports[door] as Readonly<Record<string, string>>).default });
});
