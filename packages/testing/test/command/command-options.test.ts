import { expect, test } from 'vitest';
import { readCommandOptions } from '../../src/command/command-options.ts';

test('without arguments there is a cluster with the example on any port', () => {
  expect(readCommandOptions([])).toEqual({
    port: undefined,
    contextName: undefined,
    empty: false,
    program: [],
    help: false,
    version: false,
  });
});

test('what follows -- is a program, options and all', () => {
  const { port, empty, program } = readCommandOptions([
    '--port',
    '6443',
    '--empty',
    '--',
    'kubectl',
    '--help',
    '--',
    'x',
  ]);
  expect([port, empty, program]).toEqual([6443, true, ['kubectl', '--help', '--', 'x']]);
});

test.each([
  [['--port', '0'], '--port needs a number from 1 to 65535, not 0.'],
  [['--port', '65536'], '--port needs a number from 1 to 65535, not 65536.'],
  [['--port', '80x'], '--port needs a number from 1 to 65535, not 80x.'],
  [['--'], 'There is no program after --.'],
  [['--nope'], "Unknown option '--nope'"],
  [['stray'], "Unexpected argument 'stray'. This command does not take positional arguments"],
])('%j is refused with a sentence', (args, message) => {
  expect(() => readCommandOptions(args)).toThrow(expect.objectContaining({ message }));
});
