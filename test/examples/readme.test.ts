import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { http, SimulatedCluster } from '@kforge/testing';
import { expect, test } from 'vitest';
import { readHomePage } from '../../examples/sdk/forward.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

test('every snippet of the README that names a file is that file', async () => {
  const readme = await readFile(`${root}README.md`, 'utf8');
  const snippets = [...readme.matchAll(/<!-- snippet: (\S+) -->\n```\w+\n([\s\S]*?)```/g)];
  expect(snippets.length).toBeGreaterThan(0);
  for (const [, file, code] of snippets) expect(code).toBe(await readFile(root + file, 'utf8'));
});

test('the example of the README reads a page through a forward', async () => {
  await using cluster = await SimulatedCluster.start();
  cluster.addPod({
    name: 'web-0',
    labels: { app: 'web' },
    ports: [{ containerPort: 8080 }],
    serve: { 8080: http((_request, response) => response.end('home')) },
  });
  cluster.addService({ name: 'web', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] });
  expect(await readHomePage(cluster.kubeconfigPath)).toBe('home');
});

test('the demo fetches through its own forward and ends', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'demo', '--', '--once'], { cwd: root });
  expect(stdout).toContain('GET /products → 200');
  expect(stdout).toContain('it works');
});
