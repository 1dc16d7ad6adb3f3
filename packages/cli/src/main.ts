#!/usr/bin/env node
import module from 'node:module';

const NEEDED = [22, 19] as const;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(`kforge needs Node ${NEEDED.join('.')} or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  // Compiling the same code at each start takes long; Node keeps the result in the temporary folder (NODE_COMPILE_CACHE names another).
  module.enableCompileCache();
  // Everything else loads after the check: older versions of Node cannot even read it.
  const { runCli } = await import('./cli.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}
