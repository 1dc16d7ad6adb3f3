import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { type ObjectTable, objectTable } from '../../../src/api/tables/object-table.ts';
import { BUILT_IN_KINDS } from '../../../src/state/built-in-kinds.ts';
import { apiVersionOf, isStored, type ResourceKind } from '../../../src/state/resource-kind.ts';

/** Compares with the cluster of this context in the kubeconfig of the environment; without it nothing is compared. */
const CONTEXT = process.env.KFORGE_TEST_CONTEXT ?? '';

interface Access {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: { readonly ca?: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
}

let access: Access;

beforeAll(async () => {
  if (CONTEXT !== '') access = await readAccess();
});

test.skipIf(CONTEXT === '').each(BUILT_IN_KINDS.filter(isStored).map((kind) => [kind.kind, kind] as const))(
  'the columns of %s are those of a real server',
  async (_, kind) => {
    const mine = objectTable({ kind, objects: [], resourceVersion: '1', includeObject: 'None' });
    expect(columnsOf(mine)).toEqual(columnsOf(await realTable(kind)));
  },
);

function columnsOf({ columnDefinitions }: Pick<ObjectTable, 'columnDefinitions'>): readonly unknown[] {
  return (columnDefinitions ?? []).map(({ name, type, format, priority }) => ({ name, type, format, priority }));
}

async function realTable(kind: ResourceKind): Promise<ObjectTable> {
  const { server, headers, tls } = access;
  const url = `${server}/${kind.group === '' ? 'api' : 'apis'}/${apiVersionOf(kind)}/${kind.resource}?limit=1`;
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
  const request = httpsRequest(url, { headers: { ...headers, accept }, ...tls, agent: false }).end();
  const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
  return JSON.parse(await text(response)) as ObjectTable;
}

async function readAccess(): Promise<Access> {
  const args = ['config', 'view', '--raw', '--flatten', '--minify', '--context', CONTEXT, '--output', 'json'];
  const { stdout } = await promisify(execFile)('kubectl', args);
  const config = JSON.parse(stdout) as {
    readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
    readonly users: readonly [{ readonly user: Readonly<Record<string, string>> }];
  };
  const { cluster } = config.clusters[0];
  const { user } = config.users[0];
  const decoded = (name: string, value: string | undefined) =>
    value === undefined ? {} : { [name]: Buffer.from(value, 'base64') };
  return {
    server: cluster.server ?? '',
    headers: user.token === undefined ? {} : { authorization: `Bearer ${user.token}` },
    tls: {
      ...decoded('ca', cluster['certificate-authority-data']),
      ...decoded('cert', user['client-certificate-data']),
      ...decoded('key', user['client-key-data']),
    },
  };
}
