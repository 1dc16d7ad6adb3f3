import { expect, test } from 'vitest';
import { shellCommand } from '../../src/runtime/shell-command.ts';

function exitOf(command: readonly string[], args: readonly string[] = []) {
  return shellCommand({
    podName: 'p',
    namespace: 'default',
    container: 'main',
    restartCount: 0,
    env: {},
    command,
    args,
  });
}

test('a script says its lines in time and ends with the code of its last command', () => {
  const script = `echo "starting up"; sleep 2 && echo it\\'s && false`;
  expect(exitOf(['sh', '-c', script.replace("\\'", '')])).toEqual({
    afterMs: 2000,
    code: 1,
    logs: [
      { afterMs: 0, line: 'starting up' },
      { afterMs: 2000, line: 'its' },
    ],
  });
});

test('what follows a failure with && is left out', () => {
  expect(exitOf(['/bin/sh', '-c'], ['false && echo no; echo yes; exit 300'])).toMatchObject({
    code: 44,
    logs: [{ line: 'yes' }],
  });
  expect(exitOf(['sh', '-c', 'false\nexit'])).toMatchObject({ code: 1 });
});

test('commands work without a shell', () => {
  expect(exitOf(['sleep', '1.5m'])).toEqual({ afterMs: 90_000, code: 0, logs: [] });
  expect(exitOf(['echo'], ['$HOME', 'a  b'])).toMatchObject({ logs: [{ line: '$HOME a  b' }] });
  expect(exitOf(['false'])).toMatchObject({ code: 1 });
});

test.each([
  [[]],
  [['exit', '3']],
  [['nginx']],
  [['sleep', 'infinity']],
  [['sh', '-c', 'echo $HOME']],
  [['sh', '-c', 'echo `date`']],
  [['sh', '-c', 'echo a > /tmp/x']],
  [['sh', '-c', 'echo a | wc']],
  [['sh', '-c', 'echo a &']],
  [['sh', '-c', 'sleep 1 || true']],
  [['sh', '-c', 'echo "a']],
  [['sh', '-c', 'echo *']],
  [['sh', '-c', 'A=1 echo b']],
  [['sh', '-c', '&& echo']],
  [['sh', '-c', 'echo a &&']],
  [['sh', '-c', 'echo a;; echo b']],
  [['sh', '-c', 'while true; do sleep 1; done']],
  [['sh', '-c', 'echo -e a']],
  [['sh', 'script.sh']],
])('%j keeps running', (command) => {
  expect(exitOf(command)).toBeUndefined();
});
