import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { KforgeError } from '../../src/errors/kforge-error.ts';
import { NoFreePortError, PortConflictError } from '../../src/errors/port-errors.ts';
import { StreamRefusedError, TunnelClosedError } from '../../src/errors/transport-errors.ts';

/** A second copy of a module of errors, as a bundle of a consumer has one. */
async function importCopy<Module>(file: string): Promise<Module> {
  const url = new URL(`../../src/errors/${file}?copy`, import.meta.url);
  return (await import(/* @vite-ignore */ url.href)) as Module;
}

const conflict = (): PortConflictError =>
  new PortConflictError({
    requestedPort: 8080,
    suggestedPort: 8081,
    owner: { pid: 4711, name: 'node' },
    cause: new Error('listen EADDRINUSE'),
  });

test('an error is an Error with the name of its class, a code, a message and a hint', () => {
  const error = conflict();
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('PortConflictError');
  expect(error.code).toBe('PORT_CONFLICT');
  expect(error.message).toBe('Port 8080 is already in use. Try port 8081?');
  expect(error.hint).toBe('It is held by node (process 4711).');
  expect(error.cause).toEqual(new Error('listen EADDRINUSE'));
  expect(error.stack).toContain('kforge-error.test.ts');
});

test('an error without a cause has none, not even undefined', () => {
  expect('cause' in new NoFreePortError()).toBe(false);
});

test('instanceof tells one class from another, and the base from all', () => {
  const error: unknown = conflict();
  expect(error instanceof KforgeError).toBe(true);
  expect(error instanceof PortConflictError).toBe(true);
  expect(error instanceof NoFreePortError).toBe(false);
  expect(error instanceof TunnelClosedError).toBe(false);
});

test.each([
  ['an ordinary error', new Error('no')],
  ['an error with a code of ours', Object.assign(new Error('no'), { code: 'PORT_CONFLICT' })],
  ['the plain-data form of one', conflict().toJSON()],
  ['text', 'PORT_CONFLICT'],
  ['null', null],
  ['undefined', undefined],
])('%s is no error of kforge', (_name, value) => {
  expect(KforgeError.is(value)).toBe(false);
  expect((value as unknown) instanceof KforgeError).toBe(false);
  expect((value as unknown) instanceof PortConflictError).toBe(false);
});

test('instanceof holds across two copies of the package, in both directions', async () => {
  const { PortConflictError: Copy } = await importCopy<{ PortConflictError: typeof PortConflictError }>(
    'port-errors.ts',
  );
  expect(Copy).not.toBe(PortConflictError);
  const theirs: unknown = new Copy({ requestedPort: 8080 });
  expect(theirs instanceof PortConflictError).toBe(true);
  expect(theirs instanceof NoFreePortError).toBe(false);
  expect((conflict() as unknown) instanceof Copy).toBe(true);
  expect((new NoFreePortError() as unknown) instanceof Copy).toBe(false);
});

test('the base holds across two copies of itself', async () => {
  const { KforgeError: Copy } = await importCopy<{ KforgeError: typeof KforgeError }>('kforge-error.ts');
  expect(Copy).not.toBe(KforgeError);
  class TheirError extends Copy {
    override readonly code = 'NO_FREE_PORT' as const;
  }
  const theirs: unknown = new TheirError({ message: 'made by the other copy' });
  expect(Object.prototype.isPrototypeOf.call(KforgeError.prototype, theirs as object)).toBe(false);
  expect(theirs instanceof KforgeError).toBe(true);
  expect(theirs instanceof NoFreePortError).toBe(true);
  expect(KforgeError.is(theirs)).toBe(true);
  expect(Copy.is(conflict())).toBe(true);
  expect((conflict() as unknown) instanceof Copy).toBe(true);
});

test('the plain-data form carries the fields and leaves the cause behind', () => {
  const json = JSON.parse(JSON.stringify(conflict())) as unknown;
  expect(json).toEqual({
    name: 'PortConflictError',
    code: 'PORT_CONFLICT',
    message: 'Port 8080 is already in use. Try port 8081?',
    hint: 'It is held by node (process 4711).',
    details: { requestedPort: 8080, suggestedPort: 8081, owner: { pid: 4711, name: 'node' } },
  });
});

test('the plain-data form has no hint where there is none', () => {
  const error = new StreamRefusedError({ reason: 'other', message: 'no', cause: new Error('Bearer secret') });
  expect(error.toJSON()).toEqual({
    name: 'StreamRefusedError',
    code: 'STREAM_REFUSED',
    message: 'no',
    details: { reason: 'other' },
  });
  expect(JSON.stringify(error)).not.toContain('secret');
});

test('the brand is invisible to those who list the fields', () => {
  expect(Object.getOwnPropertySymbols({ ...conflict() })).toEqual([]);
  expect(Object.keys(conflict())).not.toContain('name');
  expect(inspect(conflict())).not.toContain('kforge.error');
});
