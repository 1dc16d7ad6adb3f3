import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startApiServer } from '../helpers/api-server.ts';
import { kubeconfigFor } from '../helpers/kubeconfig-for.ts';
import { makeTempFolder } from '../helpers/temp-folder.ts';

const openCluster = new URL('../../src/cluster/open-cluster.ts', import.meta.url).href;

/** Opens the cluster of a kubeconfig, sends one request, and prints what was imported on the way. */
const PROGRAM = `
import { registerHooks } from 'node:module';
const imported = [];
registerHooks({ load: (url, context, next) => { imported.push(url); return next(url, context); } });
const { openCluster } = await import(${JSON.stringify(openCluster)});
const cluster = await openCluster({ kubeconfig: process.argv[2] });
await cluster.request({ path: '/version' });
await cluster.close();
console.log(JSON.stringify(imported));`;

test('a plain kubeconfig loads neither client-node nor what runs programs or speaks to proxies', async () => {
  await using folder = await makeTempFolder();
  await using server = await startApiServer();
  const authority = server.authority.certificate;
  const object = kubeconfigFor({ server: server.url, authority, user: { token: 'abc' } });
  const kubeconfig = await folder.write('config', JSON.stringify(object));
  const program = await folder.write('program.mjs', PROGRAM);
  const { stdout } = await promisify(execFile)(process.execPath, [program, kubeconfig]);
  const imported = JSON.parse(stdout) as readonly string[];
  const packages = imported.flatMap((url) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  expect([...new Set(packages)]).toEqual(['yaml']);
});
