import { Writable } from 'node:stream';
import { ERROR_CODES, PortConflictError } from '@kforge/core';
import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/output/exit-codes.ts';
import { writeError } from '../../src/output/write-error.ts';

function written(error: unknown, debug = false): string {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  writeError({ error, debug, stream });
  return text;
}

const conflict = new PortConflictError({
  requestedPort: 8080,
  suggestedPort: 8081,
  owner: { pid: 42, name: 'node' },
  cause: new Error('EADDRINUSE'),
});

test('writes one line, then the next step indented, and no stack', () => {
  expect(written(conflict)).toBe(
    'error: Port 8080 is already in use. Try port 8081?\n  It is held by node (process 42).\n',
  );
});

test('adds stack and causes with debug', () => {
  expect(written(conflict, true)).toMatch(/write-error\.test[\s\S]*caused by Error: EADDRINUSE/);
});

test('lets no foreign text steer the terminal', () => {
  expect(written(new Error('bad\u001b[31m name\nsecond line'))).toBe('error: bad [31m name second line\n');
});

test('knows an exit code for every error', () => {
  for (const code of ERROR_CODES) {
    expect(exitCodeOf(Object.assign(Object.create(conflict) as object, { code })), code).toBeGreaterThan(0);
  }
  expect(exitCodeOf(new Error('unforeseen'))).toBe(1);
});
