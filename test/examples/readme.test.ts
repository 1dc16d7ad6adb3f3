import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PortForwardManager } from '@kforge/core';
import { http, SimulatedCluster } from '@kforge/testing';
import { expect, test } from 'vitest';
import { readHomePage } from '../../examples/sdk/forward.ts';
import { forwardWeb } from '../../examples/sdk/take-suggested-port.ts';
import { withTwoPods } from '../../examples/simulated-cluster/with-two-pods.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const PAGES = ['README.md', 'docs/errors.md', 'docs/simulated-cluster.md', 'packages/testing/README.md'];

test.each(PAGES)('every TypeScript snippet of %s is a file that is executed here', async (page) => {
  const text = await readFile(root + page, 'utf8');
  const snippets = [...text.matchAll(/<!-- snippet: (\S+) -->\n```ts\n([\s\S]*?)```/g)];
  expect(snippets).toHaveLength(text.split('```ts\n').length - 1);
  for (const [, file, code] of snippets) expect(code).toBe(await readFile(root + file, 'utf8'));
});

test('the example of the errors page takes the port that is suggested', async () => {
  await using other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const answer = await withTwoPods(async (kubeConfig) => {
    await using manager = new PortForwardManager({ kubeConfig });
    const forward = await forwardWeb(manager, port);
    expect(forward.localPort).not.toBe(port);
    return await (await fetch(`http://localhost:${forward.localPort}/`)).text();
  });
  expect(answer).toMatch(/^hello from web-[01]$/);
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
