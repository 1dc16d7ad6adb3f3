import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import type { Forwarder } from './forwarder.ts';

/**
 * The sample in client-node-sample.ts. Its types are taken out here, once, so that its process does not pay for Node's TypeScript
 * loader in start time or in memory.
 */
export function clientNodeForwarder(): Forwarder {
  const sample = stripTypeScriptTypes(readFileSync(new URL('../client-node-sample.ts', import.meta.url), 'utf8'));
  return {
    name: 'client-node',
    version: async () => {
      const manifest = new URL('../package.json', import.meta.resolve('@kubernetes/client-node'));
      return (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
    },
    command: (target) => ({
      file: process.execPath,
      args: [
        ...['--input-type=module', '--eval', sample, '--'],
        ...['--context', target.context, '--namespace', target.namespace, '--pod', target.pod, ...target.pairs],
      ],
    }),
  };
}
