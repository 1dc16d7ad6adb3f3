import { chmod, mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findExecutable } from '../../src/process/find-executable.ts';
import { makeTempFolder } from '../helpers/temp-folder.ts';

test('a bare name is found in the first folder of PATH that has it', async () => {
  await using folder = await makeTempFolder();
  await folder.writeProgram('one/other', '');
  const file = await folder.writeProgram('two/tool', '');
  await folder.writeProgram('three/tool', '');
  const PATH = ['one', 'two', 'three'].map((name) => path.join(folder.path, name)).join(path.delimiter);
  expect(await findExecutable({ command: 'tool', environment: { PATH } })).toEqual({ file });
});

test('a file that may not be run and a folder of that name are passed over', async () => {
  await using folder = await makeTempFolder();
  await chmod(await folder.write('one/tool', ''), 0o644);
  await mkdir(path.join(folder.path, 'two/tool'), { recursive: true });
  const PATH = ['one', 'two'].map((name) => path.join(folder.path, name)).join(path.delimiter);
  expect(await findExecutable({ command: 'tool', environment: { PATH } })).toEqual({
    file: undefined,
    searched: [path.join(folder.path, 'one'), path.join(folder.path, 'two')],
  });
});

test('relative and empty entries of PATH are not searched', async () => {
  const PATH = ['', '.', 'node_modules/.bin'].join(path.delimiter);
  expect(await findExecutable({ command: 'tsc', environment: { PATH } })).toEqual({ file: undefined, searched: [] });
});

test('a relative path refers to the folder that is given', async () => {
  await using folder = await makeTempFolder();
  const file = await folder.writeProgram('bin/tool', '');
  expect(await findExecutable({ command: './bin/tool', environment: {}, folder: folder.path })).toEqual({ file });
  expect(await findExecutable({ command: 'bin/none', environment: {}, folder: folder.path })).toEqual({
    file: undefined,
    searched: [path.join(folder.path, 'bin/none')],
  });
});

test('an absolute path is taken as it is, through links', async () => {
  await using folder = await makeTempFolder();
  const target = await folder.writeProgram('real', '');
  const link = path.join(folder.path, 'link');
  await symlink(target, link);
  expect(await findExecutable({ command: link, environment: { PATH: '' } })).toEqual({ file: link });
});
