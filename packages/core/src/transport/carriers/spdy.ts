import { UpgradeRefusedError } from '../../errors/transport-errors.ts';
import { type DialOptions, portForwardPath } from '../dial-options.ts';
import { SocketChannel } from '../socket-channel.ts';
import { SpdySession } from '../spdy/spdy-session.ts';
import type { Tunnel } from '../tunnel.ts';

const PROTOCOL = 'portforward.k8s.io';

/** SPDY/3.1 right on the connection: every API server has it, some proxies do not pass it. RBAC verb `create`. */
export async function dialSpdy(options: DialOptions): Promise<Tunnel> {
  const { socket, head, headers } = await options.cluster.upgrade({
    method: 'POST',
    path: portForwardPath(options),
    headers: { Connection: 'Upgrade', Upgrade: 'SPDY/3.1', 'X-Stream-Protocol-Version': PROTOCOL },
    signal: options.signal,
  });
  if (headers.upgrade?.toLowerCase() !== 'spdy/3.1') {
    socket.destroy();
    throw new UpgradeRefusedError({ status: 101, message: 'The server upgraded to another protocol than SPDY/3.1' });
  }
  return new SpdySession({
    carrier: 'spdy',
    channel: new SocketChannel({ socket, head, flushQueue: options.flushQueue }),
  });
}
