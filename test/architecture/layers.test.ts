import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectNone } from './expect-none.ts';
import { ROOT, type SourceImport, sourceFiles, sourceImports } from './source-imports.ts';

/** The folders of core, each standing on those before it. */
const LAYERS_OF_CORE: readonly string[] = [
  'errors',
  'log',
  'lifecycle',
  'model',
  'documents',
  'process',
  'ports',
  'protocol',
  'cluster',
  'transport',
  'traffic',
  'forward',
  'helm',
  'cleanup',
  'profiles',
  'manager',
  'explain',
  'daemon',
  'client',
];
/** The folders of the simulated cluster, each standing on those before it. */
const LAYERS_OF_TESTING: readonly string[] = [
  'errors',
  'clock',
  'random',
  'documents',
  'schema',
  'state',
  'patch',
  'protobuf',
  'access',
  'certificates',
  'pods',
  'objects',
  'custom',
  'runtime',
  'controllers',
  'port-forward',
  'faults',
  'http',
  'api',
  'server',
  'cluster',
  'command',
];
const LAYERS: Readonly<Record<string, readonly string[]>> = { core: LAYERS_OF_CORE, testing: LAYERS_OF_TESTING };
/** What a consumer of the daemon loads, and no more. */
const BELOW_CLIENT: readonly string[] = ['errors', 'lifecycle', 'log', 'model', 'protocol'];
/** The one folder that may import each third-party package, by the package of kforge. */
const IMPORTERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  core: {
    eventemitter3: 'lifecycle',
    yaml: 'documents',
    execa: 'process',
    'get-port': 'ports',
    'https-proxy-agent': 'cluster',
    'socks-proxy-agent': 'cluster',
    '@kubernetes/client-node': 'cluster',
  },
  testing: {
    ajv: 'custom',
    protobufjs: 'protobuf',
    'pure-rand': 'random',
    rfc6902: 'patch',
    ws: 'port-forward',
    yaml: 'documents',
  },
};
const importers = Object.entries(IMPORTERS).flatMap(([home, folders]) =>
  Object.entries(folders).map(([packageName, folder]) => ({ home, packageName, folder })),
);
const CLIENT_NODE = '@kubernetes/client-node';
const PACKAGES = ['core', 'cli', 'testing'];
const MAX_LINES = 200;

const importsOf: ReadonlyMap<string, readonly SourceImport[]> = new Map(
  PACKAGES.map((packageName) => [packageName, sourceImports(packageName)]),
);
const everywhere = [...importsOf.values()].flat();
const core = importsIn('core');

function importsIn(packageName: string): readonly SourceImport[] {
  return importsOf.get(packageName) ?? [];
}

/** The folder of its package's sources that a path lies in, or `undefined` for the files beside the folders. */
function folderOf(path: string): string | undefined {
  return /^packages\/[^/]+\/src\/([^/]+)\//.exec(path)?.[1];
}

function isEntryOfCore(file: string): boolean {
  return file === 'packages/core/src/index.ts';
}

/** As failure messages: each import with its file. */
function named(imports: readonly SourceImport[]): readonly string[] {
  return imports.map(({ file, specifier }) => `${file} imports ${specifier}`);
}

function exportedSources(packageName: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'packages', packageName, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  return Object.values(manifest.exports)
    .flatMap((target) => (typeof target === 'string' ? [] : [target['@kforge/source'] ?? '']))
    .map((source) => source.replace('.', `packages/${packageName}`));
}

test('the sources are found', () => {
  expect(core.length).toBeGreaterThan(100);
  expect(everywhere.filter(({ packageName }) => packageName !== undefined).length).toBeGreaterThan(10);
});

test.each(Object.entries(LAYERS))('every folder of %s has its place in the order', (packageName, layers) => {
  const folders = new Set(
    sourceFiles(packageName)
      .map(folderOf)
      .filter((folder) => folder !== undefined),
  );
  expectNone([...folders].filter((folder) => !layers.includes(folder)));
});

test.each(Object.entries(LAYERS))(
  'a folder of %s imports only from itself and from folders before it',
  (name, layers) => {
    const upwards = importsIn(name).filter(({ file, target }) => {
      const [from, to] = [folderOf(file), target && folderOf(target)];
      return from !== undefined && to !== undefined && layers.indexOf(to) > layers.indexOf(from);
    });
    expectNone(named(upwards));
  },
);

test('the client imports errors, lifecycle, log, model and protocol alone', () => {
  const heavy = core.filter(({ file, target }) => {
    if (folderOf(file) !== 'client' || target === undefined) return false;
    return ![...BELOW_CLIENT, 'client'].includes(folderOf(target) ?? '');
  });
  expectNone(named(heavy));
});

test('the daemon does not import the client', () => {
  const circular = core.filter(
    ({ file, target }) => folderOf(file) === 'daemon' && folderOf(target ?? '') === 'client',
  );
  expectNone(named(circular));
});

test('nothing inside core imports its public surface', () => {
  expectNone(named(core.filter(({ target }) => target !== undefined && isEntryOfCore(target))));
});

test('a relative import stays in the sources of its package, but for its manifest', () => {
  const escaping = everywhere.filter(({ file, target }) => {
    const home = file.split('/', 2).join('/');
    return target !== undefined && !target.startsWith(`${home}/src/`) && target !== `${home}/package.json`;
  });
  expectNone(named(escaping));
});

test('what import() loads is written out, so that these rules can be checked', () => {
  expectNone(named(everywhere.filter(({ specifier }) => specifier === '(an expression)')));
});

test('the simulated cluster imports nothing of kforge', () => {
  const own = importsIn('testing').filter(({ packageName }) => packageName?.startsWith('@kforge/'));
  expectNone(named(own));
});

test('the command imports of kforge only the public surface of core', () => {
  const own = importsIn('cli').filter(({ packageName }) => packageName?.startsWith('@kforge/'));
  expectNone(named(own.filter(({ specifier }) => specifier !== '@kforge/core')));
});

test('core imports no other package of kforge', () => {
  expectNone(named(core.filter(({ packageName }) => packageName?.startsWith('@kforge/'))));
});

test.each(Object.entries(IMPORTERS))('a third-party package has its one folder in %s', (home, folders) => {
  const homeless = importsIn(home).filter(
    ({ packageName }) => packageName !== undefined && folders[packageName] === undefined,
  );
  expectNone(named(homeless));
});

test.each(importers)('$packageName is imported by $folder of $home alone', ({ home, packageName, folder }) => {
  const elsewhere = importsIn(home).filter((each) => {
    const isTypeOfObjects = packageName === CLIENT_NODE && each.isTypeOnly;
    return each.packageName === packageName && folderOf(each.file) !== folder && !isTypeOfObjects;
  });
  expectNone(named(elsewhere));
});

test('the types of client-node are imported by cluster and the folders behind it alone', () => {
  const tooLow = core.filter(({ file, packageName }) => {
    const layer = LAYERS_OF_CORE.indexOf(folderOf(file) ?? '');
    return packageName === CLIENT_NODE && layer < LAYERS_OF_CORE.indexOf('cluster');
  });
  expectNone(named(tooLow));
});

test('client-node, which takes 0.4 s to load, is loaded by import() alone', () => {
  const eager = core.filter((each) => each.packageName === CLIENT_NODE && !each.isTypeOnly && !each.isDynamic);
  expectNone(named(eager));
});

test('no source file is longer than 200 lines', () => {
  const long = PACKAGES.flatMap(sourceFiles)
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ file, lines }) => `${file} has ${lines} lines`);
  expectNone(long);
});

test.each(PACKAGES)('%s has an index.ts only where its export map leads', (packageName) => {
  const barrels = sourceFiles(packageName).filter((file) => /\/index\.[cm]?tsx?$/.test(file));
  expectNone(barrels.filter((file) => !exportedSources(packageName).includes(file)));
});

test('no source file is named after what could be anything', () => {
  const vague = /\/(utils?|helpers?|misc|common|shared)(\/|\.[cm]?tsx?$)/;
  expectNone(PACKAGES.flatMap(sourceFiles).filter((file) => vague.test(file)));
});
