import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { loadKubeconfig } from '../../../src/cluster/kubeconfig/load-kubeconfig.ts';
import { makeTempFolder } from '../../helpers/temp-folder.ts';
import { textWith } from '../../helpers/text-with.ts';

const config = (current: string, cluster: string): string =>
  `current-context: "${current}"\nclusters: [{name: shared, cluster: {server: "https://${cluster}"}}, {name: ${cluster}, cluster: {}}]\n`;

test('files of KUBECONFIG are merged: the first entry of a name and the first current context count', async () => {
  await using folder = await makeTempFolder();
  const files = [
    await folder.write('one', config('', 'first')),
    path.join(folder.path, 'missing'),
    await folder.write('two', config('two', 'second')),
    await folder.write('three', config('three', 'third')),
  ];
  const environment = { KUBECONFIG: ['', ...files].join(path.delimiter) };
  const kubeconfig = await loadKubeconfig({ source: undefined, environment });
  expect(kubeconfig.currentContext).toBe('two');
  expect(kubeconfig.clusters.get('shared')).toEqual({
    name: 'shared',
    fields: { server: 'https://first' },
    file: files[0],
  });
  expect([...kubeconfig.clusters.keys()]).toEqual(['shared', 'first', 'second', 'third']);
});

test('without KUBECONFIG the file in the home folder is read', async () => {
  await using folder = await makeTempFolder();
  await folder.write('.kube/config', config('home', 'h'));
  for (const KUBECONFIG of [undefined, '', path.delimiter]) {
    const environment = { HOME: folder.path, ...(KUBECONFIG === undefined ? {} : { KUBECONFIG }) };
    expect((await loadKubeconfig({ source: undefined, environment })).currentContext).toBe('home');
  }
});

test('paths that are given count instead of the environment, and must all exist', async () => {
  await using folder = await makeTempFolder();
  const one = await folder.write('one', config('one', 'a'));
  const two = await folder.write('two', config('two', 'b'));
  const environment = { KUBECONFIG: two };
  expect((await loadKubeconfig({ source: one, environment })).currentContext).toBe('one');
  expect([...(await loadKubeconfig({ source: [one, two], environment })).clusters.keys()]).toEqual([
    'shared',
    'a',
    'b',
  ]);
  const missing = path.join(folder.path, 'none');
  await expect(loadKubeconfig({ source: [one, missing], environment })).rejects.toMatchObject({
    code: 'KUBECONFIG_NOT_FOUND',
    searched: [missing],
  });
});

test('when no file exists at all, the ones looked for are told', async () => {
  await using folder = await makeTempFolder();
  await expect(loadKubeconfig({ source: undefined, environment: { HOME: folder.path } })).rejects.toMatchObject({
    code: 'KUBECONFIG_NOT_FOUND',
    searched: [path.join(folder.path, '.kube', 'config')],
  });
});

test('an empty file is an empty kubeconfig, and JSON is read like YAML', async () => {
  await using folder = await makeTempFolder();
  const empty = await folder.write('empty', '');
  const json = await folder.write('json', '{"kind":"Config","current-context":"j","preferences":{}}');
  expect(await loadKubeconfig({ source: [empty, json], environment: {} })).toMatchObject({ currentContext: 'j' });
});

test.each([
  ['- a list', 'holds no fields'],
  ['kind: Secret', 'its kind is not Config'],
  ['clusters: {}', '"clusters" that is no list'],
  ['clusters: [x]', 'clusters[0] without fields'],
  ['users: [{user: {}}]', 'users[0] without a name'],
  ['users: [{name: a, user: x}]', 'users[0] whose "user" has no fields'],
  ['contexts: [{name: a}, {name: a}]', 'names "a" twice in contexts'],
  ['current-context: [a]', 'current-context that is no text'],
  ['a: [', 'not valid YAML'],
])('%s is told with the file', async (text, problem) => {
  await using folder = await makeTempFolder();
  const file = await folder.write('config', text);
  await expect(loadKubeconfig({ source: file, environment: {} })).rejects.toMatchObject({
    code: 'KUBECONFIG_INVALID',
    file,
    message: textWith(problem),
  });
});

test('a folder and a huge file are no kubeconfig', async () => {
  await using folder = await makeTempFolder();
  const huge = await folder.write('huge', `a: ${'x'.repeat(8 * 1024 * 1024)}`);
  await expect(loadKubeconfig({ source: huge, environment: {} })).rejects.toThrow('too large (more than 8 MiB)');
  const inner = path.join(folder.path, 'inner');
  await mkdir(inner);
  await expect(loadKubeconfig({ source: inner, environment: {} })).rejects.toThrow('is a folder');
});

test('a mistake in a file is told without the secrets around it', async () => {
  await using folder = await makeTempFolder();
  const file = await folder.write('config', 'users:\n- name: a\n  user: {token: s3cret\n');
  const error = await loadKubeconfig({ source: file, environment: {} }).catch((cause: unknown) => cause);
  expect(String((error as Error).stack)).not.toContain('s3cret');
});

test('a parsed object is taken as it is', async () => {
  const source = { 'current-context': 'x', contexts: [{ name: 'x', context: { cluster: 'c' } }] };
  const kubeconfig = await loadKubeconfig({ source, environment: {} });
  expect(kubeconfig.contexts.get('x')).toEqual({ name: 'x', fields: { cluster: 'c' }, file: undefined });
});
