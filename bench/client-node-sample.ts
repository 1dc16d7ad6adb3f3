/**
 * Port-forwards with @kubernetes/client-node as its documentation shows it: a server on localhost whose every connection becomes
 * one `portForward` call. It differs from the sample in two points only, both in the library's favour: one process
 * serves several ports, and a failed connection is reported instead of ending the process.
 *
 * Arguments: `--context CONTEXT --namespace NAMESPACE --pod POD LOCAL:REMOTE…`.
 */
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { KubeConfig, PortForward } from '@kubernetes/client-node';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { context: { type: 'string' }, namespace: { type: 'string' }, pod: { type: 'string' } },
});
const { context, namespace, pod } = values;
if (context === undefined || namespace === undefined || pod === undefined) {
  throw new Error('--context, --namespace and --pod are needed');
}

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();
kubeConfig.setCurrentContext(context);
const forward = new PortForward(kubeConfig);

for (const pair of positionals) {
  const [local, remote] = pair.split(':').map(Number);
  if (local === undefined || remote === undefined) throw new Error(`not LOCAL:REMOTE: ${pair}`);
  const server = createServer((socket) => {
    socket.on('error', (error) => console.error(`local connection: ${error.message}`));
    forward.portForward(namespace, pod, [remote], socket, null, socket).catch((error: unknown) => {
      console.error('port-forward failed:', error instanceof Error ? error.message : 'the handshake was refused');
      socket.destroy();
    });
  });
  server.listen(local, '127.0.0.1', () => console.log(`Forwarding from 127.0.0.1:${local} -> ${remote}`));
}
