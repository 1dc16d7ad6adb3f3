import type { UpgradedConnection } from '../../cluster/cluster.ts';
import { UpgradeRefusedError } from '../../errors/transport-errors.ts';
import { nodeCrypto } from '../../lifecycle/node-crypto.ts';
import { type DialOptions, portForwardPath } from '../dial-options.ts';

const ACCEPT_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // RFC 6455 §1.3

/**
 * Asks the API server for a WebSocket with one subprotocol. By hand, because WebSocket libraries refuse a subprotocol whose name has a
 * slash, as the tunnel's has.
 *
 * @throws UpgradeRefusedError when the server answers, but not with that subprotocol
 */
export async function upgradeToWebSocket(
  options: DialOptions & { readonly subprotocol: string; readonly query?: Readonly<Record<string, string>> },
): Promise<UpgradedConnection> {
  const key = nodeCrypto.randomBytes(16).toString('base64');
  const connection = await options.cluster.upgrade({
    method: 'GET',
    path: portForwardPath(options),
    ...(options.query ? { query: options.query } : {}),
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      'Sec-WebSocket-Protocol': options.subprotocol,
    },
    signal: options.signal,
  });
  const { headers, socket } = connection;
  const accept = nodeCrypto
    .createHash('sha1')
    .update(key + ACCEPT_SUFFIX)
    .digest('base64');
  if (headers['sec-websocket-protocol'] !== options.subprotocol || headers['sec-websocket-accept'] !== accept) {
    socket.destroy();
    throw new UpgradeRefusedError({
      status: 101,
      message: `The server upgraded to another protocol than ${options.subprotocol}`,
    });
  }
  return connection;
}
