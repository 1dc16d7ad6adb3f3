import { existsSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type RunProgramOptions, runProgram } from '../../src/process/run-program.ts';
import { makeTempFolder } from '../helpers/temp-folder.ts';

const node = (script: string, more: Partial<RunProgramOptions> = {}): RunProgramOptions => ({
  file: process.execPath,
  args: ['-e', script],
  environment: {},
  timeoutMs: 10_000,
  maxOutputBytes: 1024,
  ...more,
});

test('a program that exits reports its code and output', async () => {
  const script = 'process.stdout.write("out\\n"); process.stderr.write("err\\n"); process.exitCode = 3';
  expect(await runProgram(node(script))).toEqual({
    outcome: 'exited',
    exitCode: 3,
    killedBy: undefined,
    stdout: 'out\n',
    stderr: 'err\n',
    systemError: undefined,
  });
});

test('the environment is exactly the one given', async () => {
  const result = await runProgram(node('console.log(JSON.stringify(process.env))', { environment: { ONLY: 'this' } }));
  expect(JSON.parse(result.stdout)).toEqual({ ONLY: 'this' });
});

test('stdin is empty, and arguments are not read by a shell', async () => {
  const script = 'console.log(require("fs").readFileSync(0, "utf8").length, process.argv[1])';
  const result = await runProgram({ ...node(script), args: ['-e', script, '$HOME; exit 1'] });
  expect(result.stdout).toBe('0 $HOME; exit 1\n');
});

test('a program that outstays its time is ended, also one that ignores SIGTERM', async () => {
  const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)';
  const result = await runProgram(node(script, { timeoutMs: 200 }));
  expect(result.outcome).toBe('timed-out');
});

test('a program that prints too much is ended', async () => {
  const result = await runProgram(node('setInterval(() => process.stdout.write("x".repeat(1024)), 1)'));
  expect(result.outcome).toBe('too-much-output');
  expect(result.stdout.length).toBeLessThanOrEqual(1024);
});

test('a program ended by a signal says which', async () => {
  const result = await runProgram(node('process.kill(process.pid, "SIGKILL")'));
  expect(result).toMatchObject({ outcome: 'killed', killedBy: 'SIGKILL', exitCode: undefined });
});

test('a file that is no program is not started', async () => {
  await using folder = await makeTempFolder();
  const file = await folder.write('plain', 'text', 0o644);
  expect(await runProgram({ ...node(''), file })).toMatchObject({ outcome: 'not-started', systemError: 'EACCES' });
});

test('an abort ends the program and rejects with the reason', async () => {
  await using folder = await makeTempFolder();
  const pidFile = path.join(folder.path, 'pid');
  const controller = new AbortController();
  const script = `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const running = runProgram(node(script, { signal: controller.signal }));
  running.catch(() => undefined);
  await fileWritten(pidFile);
  const pid = Number(await readFile(pidFile, 'utf8'));
  controller.abort(new Error('no longer'));
  await expect(running).rejects.toThrow('no longer');
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('an aborted signal starts nothing', async () => {
  await expect(runProgram(node('', { signal: AbortSignal.abort(new Error('too late')) }))).rejects.toThrow('too late');
});

async function fileWritten(file: string): Promise<void> {
  const written = Promise.withResolvers<void>();
  const check = async (): Promise<void> => {
    if (existsSync(file) && (await readFile(file, 'utf8')) !== '') written.resolve();
  };
  const watcher = watch(path.dirname(file), () => void check());
  await check();
  await written.promise;
  watcher.close();
}
