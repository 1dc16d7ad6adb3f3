import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/errors/codes.ts';
import { KforgeError } from '../../src/errors/kforge-error.ts';
import * as core from '../../src/index.ts';

interface ErrorClass {
  readonly name: string;
  readonly code: unknown;
}

function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && Object.prototype.isPrototypeOf.call(KforgeError, value);
}

const classes: readonly ErrorClass[] = Object.values<unknown>(core).filter(isErrorClass);

test.each(ERROR_CODES)('%s is the code of exactly one exported error class', (code) => {
  expect(classes.filter((each) => each.code === code).map(({ name }) => name)).toHaveLength(1);
});

test.each(classes.map((each) => [each.name, each] as const))('%s has a code of the closed set', (_name, { code }) => {
  expect(ERROR_CODES).toContain(code);
});

test('no code is listed twice', () => {
  expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
});

test('docs/errors.md has one row for each code, in the same order, that says when and what to do', async () => {
  const page = await readFile(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  expect(cells.map(([, code]) => code)).toEqual(ERROR_CODES.map((code) => `\`${code}\``));
  for (const [, code, when, next] of cells) {
    expect(when, `${code}: when`).toMatch(/\.$/);
    expect(next, `${code}: what to do next`).toMatch(/\.$/);
  }
});
