import { expect, test } from 'vitest';
import { importsOf } from './source-imports.ts';

const FILE = 'packages/core/src/forward/relay.ts';

test.each([
  ['a value', `import { a } from 'yaml';`, { isTypeOnly: false, isDynamic: false }],
  ['a default', `import a from "yaml"`, { isTypeOnly: false, isDynamic: false }],
  ['a namespace over several lines', `import\n  * as a\n  from 'yaml';`, { isTypeOnly: false, isDynamic: false }],
  ['a side effect', `import 'yaml';`, { isTypeOnly: false, isDynamic: false }],
  ['types', `import type { A } from 'yaml';`, { isTypeOnly: true, isDynamic: false }],
  ['types one by one, which still loads', `import { type A } from 'yaml';`, { isTypeOnly: false, isDynamic: false }],
  ['a re-export', `export { a } from 'yaml';`, { isTypeOnly: false, isDynamic: false }],
  ['a re-export of everything', `export * from 'yaml';`, { isTypeOnly: false, isDynamic: false }],
  ['a re-export of types', `export type { A } from 'yaml';`, { isTypeOnly: true, isDynamic: false }],
  ['import()', `async () => { const { a } = await import('yaml'); }`, { isTypeOnly: false, isDynamic: true }],
  ['import() of a template', 'const a = import(`yaml`);', { isTypeOnly: false, isDynamic: true }],
  ['an import type', `let a: import('yaml').A;`, { isTypeOnly: true, isDynamic: false }],
])('finds %s', (_name, text, kind) => {
  expect(importsOf({ file: FILE, text })).toEqual([
    { file: FILE, specifier: 'yaml', target: undefined, packageName: 'yaml', ...kind },
  ]);
});

test.each([
  ['a comment', `// import { a } from 'yaml';\n/* import 'yaml' */`],
  ['a text', `const a = "import { a } from 'yaml'";`],
  ['an export of its own', 'export const a = 1; export { a as b };'],
])('finds nothing in %s', (_name, text) => {
  expect(importsOf({ file: FILE, text })).toEqual([]);
});

test.each([
  ['./tap.ts', 'packages/core/src/forward/tap.ts', undefined],
  ['../errors/codes.ts', 'packages/core/src/errors/codes.ts', undefined],
  ['../../../cli/src/main.ts', 'packages/cli/src/main.ts', undefined],
  ['node:net', undefined, undefined],
  ['yaml/util', undefined, 'yaml'],
  ['@kubernetes/client-node', undefined, '@kubernetes/client-node'],
  ['@kforge/core/client', undefined, '@kforge/core'],
])('knows where %s leads', (specifier, target, packageName) => {
  expect(importsOf({ file: FILE, text: `import '${specifier}';` })).toMatchObject([{ specifier, target, packageName }]);
});

test('an import() of something that is worked out is found, too', () => {
  const [found] = importsOf({ file: FILE, text: 'const a = import(name);' });
  expect(found?.specifier).toBe('(an expression)');
});
