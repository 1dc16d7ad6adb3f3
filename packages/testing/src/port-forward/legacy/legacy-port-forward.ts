import type { WebSocket } from 'ws';
import { afterEnd } from '../after-end.ts';
import type { PodConnections } from '../pod-connections.ts';
import type { PortForwardSession } from '../port-forward-session.ts';
import { ReadGate } from '../read-gate.ts';
import { channelMessage, LegacyChannel } from './legacy-channel.ts';

const NORMAL_CLOSURE = 1000;

/** What {@link startLegacyPortForward} needs. */
export interface LegacyPortForwardOptions {
  readonly websocket: WebSocket;
  /** One connection is opened to each; at most 127. */
  readonly ports: readonly number[];
  readonly podName: string;
  readonly pods: PodConnections;
  readonly onError: (error: Error) => void;
}

/**
 * Serves `v4.channel.k8s.io`: one connection for each port, at once. Channel 2i carries the data of the i-th port,
 * channel 2i + 1 its error text; the first message on each is the port, two bytes with the lower one first.
 */
export function startLegacyPortForward(options: LegacyPortForwardOptions): PortForwardSession {
  const { websocket, ports, podName, pods, onError } = options;
  const gate = new ReadGate<number>(websocket);
  const channels = new Map<number, LegacyChannel>();
  let open = ports.length;
  const onConnectionOver = (): void => {
    open -= 1;
    if (open === 0) websocket.close(NORMAL_CLOSURE);
  };

  websocket.on('message', (message: Buffer) => {
    const channel = channels.get(message[0] ?? -1);
    if (channel) channel.receive(message.subarray(1));
    else onError(new Error(`A message is for channel ${message[0] ?? '(none)'}, on which nothing can be sent`));
  });
  const closed = new Promise<void>((resolve) => {
    websocket.once('close', () => {
      for (const channel of channels.values()) channel.destroy();
      resolve();
    });
  }).then(() => pods.destroy());

  ports.forEach((port, index) => {
    const [data, error] = [index * 2, index * 2 + 1];
    const bytes = Buffer.from([port & 0xff, port >> 8]);
    websocket.send(channelMessage({ channel: data, bytes }));
    websocket.send(channelMessage({ channel: error, bytes }));
    const channel = new LegacyChannel({
      websocket,
      channel: data,
      onStalled: (stalled) => (stalled ? gate.hold(data) : gate.release(data)),
    });
    channels.set(data, channel);
    pods.open({
      port,
      data: channel,
      fail: (text) =>
        afterEnd(channel, () => {
          websocket.send(channelMessage({ channel: error, bytes: Buffer.from(text) }), () => {});
          onConnectionOver();
        }),
      complete: () => afterEnd(channel, onConnectionOver),
    });
  });

  return {
    carrier: 'legacy-websocket',
    podName,
    get streams() {
      return pods.size;
    },
    ping: () => pingWebSocket(websocket),
    destroy: () => websocket.terminate(),
    closed,
  };
}

function pingWebSocket(websocket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = (): void => reject(new Error('The WebSocket is closed'));
    if (websocket.readyState !== websocket.OPEN) {
      onClose();
      return;
    }
    websocket.once('close', onClose);
    websocket.once('pong', () => {
      websocket.off('close', onClose);
      resolve();
    });
    websocket.ping();
  });
}
