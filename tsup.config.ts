import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

/** Each package's entry points are its own export map: nothing to keep in step by hand. */
function entriesFromExports(): Record<string, string> {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    exports: Record<string, string | Record<string, string>>;
  };
  const sources = Object.values(manifest.exports).flatMap((target) => {
    const source = typeof target === 'string' ? undefined : target['@kforge/source'];
    return source ? [source] : [];
  });
  return Object.fromEntries(sources.map((file) => [file.replace('./src/', '').replace(/\.ts$/, ''), file]));
}

export default defineConfig(() => ({
  entry: entriesFromExports(),
  format: 'esm',
  target: 'node22',
  platform: 'node',
  dts: true,
  clean: true,
  sourcemap: true,
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
}));
