import { readFileSync } from 'node:fs';

/** The version in this package's manifest, which lies beside the folder of this file. */
export function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}
