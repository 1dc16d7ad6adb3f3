import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { expectNone } from './expect-none.ts';
import { ROOT } from './source-imports.ts';

interface TextFile {
  readonly file: string;
  readonly lines: readonly string[];
}

const LOCK_FILES = ['package-lock.json', 'go.sum'];

function trackedTexts(): readonly TextFile[] {
  return execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(ROOT, file)))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))
    .filter(({ text }) => !text.includes('\0'))
    .map(({ file, text }) => ({ file, lines: text.split('\n') }));
}

const texts = trackedTexts();

/** Where a pattern occurs, as `file:line: what`. */
function find(pattern: RegExp, files: readonly TextFile[] = texts): readonly string[] {
  return files.flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => {
      const found = pattern.exec(line);
      return found ? [`${file}:${index + 1}: ${found[0]}`] : [];
    }),
  );
}

/** Patterns are put together here, so that this file does not contain what it forbids. */
function oneOf(...words: readonly (readonly string[])[]): string {
  return `(?:${words.map((parts) => parts.join('')).join('|')})`;
}

const MACHINE_PATH = new RegExp(
  `(?<![\\w.~*-])/${oneOf(['wo', 'rk'], ['ro', 'ot'], ['ho', 'me/\\w+'], ['Us', 'ers/\\w+'])}/`,
);
const REGISTRY = new RegExp(
  oneOf(
    ['registry', '\\.(?:npmjs|yarnpkg|npmmirror)\\.'],
    ['npm\\.pkg', '\\.github'],
    ['pkgs\\.dev', '\\.azure'],
    ['proxy', '\\.golang\\.org'],
    ['^(?:@[\\w-]+:)?reg', 'istry\\s*='],
  ),
  'i',
);
const UNFINISHED = new RegExp(`\\b${oneOf(['TO', 'DO'], ['FIX', 'ME'])}\\b`);

test('the tracked files are found', () => {
  expect(texts.length).toBeGreaterThan(100);
});

test('no file names a folder of one machine', () => {
  expectNone(find(MACHINE_PATH));
});

test('no file but the locks names the host of a package registry', () => {
  const files = texts.filter(({ file }) => !LOCK_FILES.includes(basename(file)));
  expectNone(find(REGISTRY, files));
});

test('no file says that it is unfinished', () => {
  expectNone(find(UNFINISHED));
});

test.each([
  ['a machine path', MACHINE_PATH, ['', 'work', 'main'].join('/')],
  ['a machine path in quotes', MACHINE_PATH, `'${['', 'home', 'someone', 'x'].join('/')}'`],
  ['a registry', REGISTRY, ['https://registry', 'npmjs', 'org'].join('.')],
  ['a registry of one machine', REGISTRY, ['registry', 'https://mirror.example.org/'].join('=')],
  ['unfinished work', UNFINISHED, `// ${['TO', 'DO'].join('')}: later`],
])('the search finds %s', (_name, pattern, line) => {
  expect(find(pattern, [{ file: 'x', lines: ['', line] }])).toHaveLength(1);
});

test.each([
  ['a folder inside the repository', MACHINE_PATH, 'packages/work/src and ./work/x and ~/work/x'],
  ['an image registry', REGISTRY, 'registry.k8s.io/pause:3.10'],
  ['a longer word', UNFINISHED, 'TODOS'],
])('the search does not find %s', (_name, pattern, line) => {
  expectNone(find(pattern, [{ file: 'x', lines: [line] }]));
});
