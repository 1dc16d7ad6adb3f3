import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE = ['count-ready-pods.ts', 'count-ready-pods.test.ts'];
const run = promisify(execFile);

let folder: string;

/** What the page says that a reader installs, in the versions that the workspace has. */
async function packages(): Promise<readonly string[]> {
  const { devDependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return ['vitest', '@kubernetes/client-node'].map((name) => `${name}@${devDependencies[name]}`);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kforge-tarball-'));
  const pack = ['pack', '--workspace', '@kforge/testing', '--pack-destination', folder, '--json', '--ignore-scripts'];
  const { stdout } = await run('npm', pack, { cwd: ROOT });
  const [{ filename }] = JSON.parse(stdout) as [{ readonly filename: string }];
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'];
  await run('npm', [...install, join(folder, filename), ...(await packages())], { cwd: folder });
  for (const file of EXAMPLE) await copyFile(join(ROOT, 'examples/vitest', file), join(folder, file));
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('the example of docs/simulated-cluster.md passes in an empty folder, with the packed package', async () => {
  await run('npx', ['vitest', 'run', '--reporter=json', '--outputFile=report.json'], { cwd: folder });
  const report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as unknown;
  expect(report).toMatchObject({ success: true, numPassedTests: 2 });
});

test('npx starts the sandbox of the packed package', async () => {
  const print = 'process.stdout.write(process.env.KUBECONFIG)';
  const { stdout } = await run('npx', ['@kforge/testing', '--', 'node', '-e', print], { cwd: folder });
  expect(stdout).toMatch(/kubeconfig$/);
});
