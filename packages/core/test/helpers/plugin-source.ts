import path from 'node:path';

/**
 * The source of a credential plugin that prints an ExecCredential. It counts its runs in a file of the folder; `status` is an expression
 * that may use that number as `run`.
 */
export function pluginSource(options: {
  readonly folder: string;
  readonly status: string;
  /** @default client.authentication.k8s.io/v1 */
  readonly apiVersion?: string;
}): string {
  const { folder, status, apiVersion = 'client.authentication.k8s.io/v1' } = options;
  return `
const { appendFileSync, readFileSync } = require('node:fs');
const runs = ${JSON.stringify(path.join(folder, 'runs'))};
appendFileSync(runs, 'x');
const run = readFileSync(runs).length;
console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: '${apiVersion}', status: ${status} }));`;
}
