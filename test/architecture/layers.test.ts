import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { expectNone } from './expect-none.ts';
import { ROOT, type SourceImport, sourceFiles, sourceImports } from './source-imports.ts';

/** The folders of core, each standing on those before it. */
const LAYERS: readonly string[] = [
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
/** What a consumer of the daemon loads, and no more. */
const BELOW_CLIENT: readonly string[] = ['errors', 'lifecycle', 'log', 'model', 'protocol'];
/** The one folder of core that may import each third-party package. */
const IMPORTERS: Readonly<Record<string, string>> = {
  eventemitter3: 'lifecycle',
  yaml: 'documents',
  execa: 'process',
  'get-port': 'ports',
  'https-proxy-agent': 'cluster',
  'socks-proxy-agent': 'cluster',
  '@kubernetes/client-node': 'cluster',
};
const CLIENT_NODE = '@kubernetes/client-node';
const PACKAGES = ['core', 'cli', 'testing'];
const MAX_LINES = 200;

const core = sourceImports('core');
const everywhere = PACKAGES.flatMap(sourceImports);

/** The folder of core that a path lies in, or `undefined` for the files beside the folders. */
function folderOf(path: string): string | undefined {
  return /^packages\/core\/src\/([^/]+)\//.exec(path)?.[1];
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

test('every folder of core has its place in the order', () => {
  const folders = new Set(
    sourceFiles('core')
      .map(folderOf)
      .filter((folder) => folder !== undefined),
  );
  expectNone([...folders].filter((folder) => !LAYERS.includes(folder)));
});

test('a folder of core imports only from itself and from folders before it', () => {
  const upwards = core.filter(({ file, target }) => {
    const to = target && folderOf(target);
    return to !== undefined && !isEntryOfCore(file) && LAYERS.indexOf(to) > LAYERS.indexOf(folderOf(file) ?? '');
  });
  expectNone(named(upwards));
});

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
  const own = sourceImports('testing').filter(({ packageName }) => packageName?.startsWith('@kforge/'));
  expectNone(named(own));
});

test('the command imports of kforge only the public surface of core', () => {
  const own = sourceImports('cli').filter(({ packageName }) => packageName?.startsWith('@kforge/'));
  expectNone(named(own.filter(({ specifier }) => specifier !== '@kforge/core')));
});

test('core imports no other package of kforge', () => {
  expectNone(named(core.filter(({ packageName }) => packageName?.startsWith('@kforge/'))));
});

test('a third-party package has its one folder in core', () => {
  const homeless = core.filter(({ packageName }) => packageName !== undefined && IMPORTERS[packageName] === undefined);
  expectNone(named(homeless));
});

test.each(Object.entries(IMPORTERS))('%s is imported by %s alone', (packageName, folder) => {
  const elsewhere = core.filter((each) => {
    const isTypeOfObjects = packageName === CLIENT_NODE && each.isTypeOnly;
    return each.packageName === packageName && folderOf(each.file) !== folder && !isTypeOfObjects;
  });
  expectNone(named(elsewhere));
});

test('the types of client-node are imported by cluster and the folders behind it alone', () => {
  const tooLow = core.filter(({ file, packageName }) => {
    const layer = LAYERS.indexOf(folderOf(file) ?? '');
    return packageName === CLIENT_NODE && layer < LAYERS.indexOf('cluster');
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
