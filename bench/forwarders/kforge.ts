import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Forwarder } from './forwarder.ts';

/** The built command of this repository: run `npm run build` first. */
export function kforgeForwarder(): Forwarder {
  const cli = new URL('../../packages/cli/', import.meta.url);
  const program = fileURLToPath(new URL('dist/main.js', cli));
  return {
    name: 'kforge',
    version: async () => {
      await access(program).catch(() => {
        throw new Error('kforge is not built: run `npm run build` first');
      });
      const manifest = await readFile(new URL('package.json', cli), 'utf8');
      return (JSON.parse(manifest) as { version: string }).version;
    },
    command: (target) => ({
      file: process.execPath,
      args: [
        ...[program, 'port-forward', `pod/${target.pod}`, ...target.pairs, '--address', '127.0.0.1'],
        ...['-n', target.namespace, '--context', target.context],
      ],
    }),
  };
}
