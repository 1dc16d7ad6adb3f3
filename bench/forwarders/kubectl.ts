import { realpath } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { Kubectl } from '../kubectl.ts';
import type { Forwarder } from './forwarder.ts';

/** `kubectl port-forward`, the program to compare with. */
export function kubectlForwarder(kubectl: Kubectl): Forwarder {
  return {
    name: 'kubectl',
    version: async () => {
      const answer: unknown = JSON.parse(await kubectl.run(['version', '--client', '--output', 'json']));
      const { clientVersion } = answer as { clientVersion: { gitVersion: string } };
      // A kubectl that is part of a bigger program is bigger and slower to start; the report must not hide that.
      const program = isAbsolute(kubectl.file) ? basename(await realpath(kubectl.file)) : 'kubectl';
      return program.startsWith('kubectl') ? clientVersion.gitVersion : `${clientVersion.gitVersion} (in ${program})`;
    },
    command: (target) => ({
      file: kubectl.file,
      args: [
        ...['--context', target.context, '--namespace', target.namespace],
        ...['port-forward', `pod/${target.pod}`, ...target.pairs, '--address', '127.0.0.1'],
      ],
    }),
  };
}
