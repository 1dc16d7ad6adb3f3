import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { UserCredentials } from '../../../src/cluster/credentials/user-credentials.ts';
import type { UserEntry } from '../../../src/cluster/kubeconfig/kubeconfig.ts';
import { silentLogger } from '../../../src/log/logger.ts';
import { createAuthority } from '../../helpers/issue-certificate.ts';
import { makeTempFolder } from '../../helpers/temp-folder.ts';
import { textWith } from '../../helpers/text-with.ts';

const user = (more: Partial<UserEntry>): UserEntry => ({
  name: 'dev',
  token: undefined,
  tokenFile: undefined,
  basic: undefined,
  clientCertificate: undefined,
  plugin: undefined,
  authProvider: undefined,
  impersonation: undefined,
  ...more,
});

test('a token, or a user name and password, become the Authorization header', async () => {
  const token = new UserCredentials({ user: user({ token: 'abc' }), logger: silentLogger });
  const basic = { username: 'jane', password: 'pä:ss' };
  const password = new UserCredentials({ user: user({ basic }), logger: silentLogger });
  expect((await token.get({})).headers).toEqual({ Authorization: 'Bearer abc' });
  expect((await password.get({})).headers).toEqual({
    Authorization: `Basic ${Buffer.from('jane:pä:ss').toString('base64')}`,
  });
});

test('the token file counts before the token', async () => {
  await using folder = await makeTempFolder();
  const tokenFile = await folder.write('token', 'from-file\n');
  const source = new UserCredentials({ user: user({ token: 'abc', tokenFile }), logger: silentLogger });
  expect((await source.get({})).headers).toEqual({ Authorization: 'Bearer from-file' });
});

test('a token file is read again after a minute, not before', async () => {
  await using folder = await makeTempFolder();
  const tokenFile = await folder.write('token', 'one');
  let now = 0;
  const source = new UserCredentials({ user: user({ tokenFile }), logger: silentLogger, now: () => now });
  const first = await source.get({});
  await folder.write('token', 'two');
  now = 59_999;
  expect(await source.get({})).toBe(first);
  now = 60_000;
  expect((await source.get({})).headers).toEqual({ Authorization: 'Bearer two' });
});

test('a rejected credential stays the same while its files do', async () => {
  await using folder = await makeTempFolder();
  const tokenFile = await folder.write('token', 'one');
  const source = new UserCredentials({ user: user({ tokenFile }), logger: silentLogger });
  const rejected = await source.get({});
  expect(await source.get({ rejected })).toBe(rejected);
  await folder.write('token', 'two');
  expect(await source.get({ rejected })).not.toBe(rejected);
});

test('certificate and key are read from files, and a new object stands for new content', async () => {
  await using folder = await makeTempFolder();
  const authority = createAuthority();
  const [one, two] = [authority.issue({ commonName: 'one' }), authority.issue({ commonName: 'two' })];
  const certificate = { file: await folder.write('crt', one.certificate) };
  const key = { file: await folder.write('key', one.key) };
  const source = new UserCredentials({ user: user({ clientCertificate: { certificate, key } }), logger: silentLogger });
  const first = await source.get({});
  expect(first.clientCertificate).toEqual(one);

  await folder.write('crt', two.certificate);
  expect(await source.get({ rejected: first })).toBe(first); // the key is still the old one
  await folder.write('key', two.key);
  expect((await source.get({ rejected: first })).clientCertificate).toEqual(two);
});

test('a certificate that does not belong to its key is refused', async () => {
  const authority = createAuthority();
  const certificate = { data: authority.issue({ commonName: 'one' }).certificate };
  const key = { data: authority.issue({ commonName: 'two' }).key };
  const source = new UserCredentials({ user: user({ clientCertificate: { certificate, key } }), logger: silentLogger });
  await expect(source.get({})).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID', user: 'dev' });
});

test('a file that is missing or empty is told by its path', async () => {
  await using folder = await makeTempFolder();
  const missing = new UserCredentials({ user: user({ tokenFile: `${folder.path}/none` }), logger: silentLogger });
  await expect(missing.get({})).rejects.toMatchObject({
    code: 'CREDENTIALS_INVALID',
    user: 'dev',
    message: textWith(/none.* does not exist/),
  });
  const tokenFile = await folder.write('token', '\n');
  const empty = new UserCredentials({ user: user({ tokenFile }), logger: silentLogger });
  await expect(empty.get({})).rejects.toThrow('is empty');
});

test('a token file that goes away later is reported, and its last token used', async () => {
  await using folder = await makeTempFolder();
  const tokenFile = await folder.write('token', 'one');
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (message: string) => void warnings.push(message) };
  const source = new UserCredentials({ user: user({ tokenFile }), logger });
  const first = await source.get({});
  await rm(tokenFile);
  expect(await source.get({ rejected: first })).toBe(first);
  expect(warnings).toHaveLength(1);
});
