import type { SpdyFrameEvent } from './record-frames.ts';

const sandbox = 'c007f03c1eb32439bf8b43c51acdc39e49f3b52672c8d67dab2bad129d7dca51';
const namespace = '"/var/run/netns/cni-2207f184-31d7-72ba-df0f-df90a9502385"';

/** What containerd 1.6 writes when nothing listens on the port. */
export const REFUSED_TEXT: string =
  `error forwarding port 9 to pod ${sandbox}, uid : failed to execute portforward in network namespace ${namespace}: ` +
  `failed to connect to localhost:9 inside namespace "${sandbox}", IPv4: dial tcp4 127.0.0.1:9: connect: connection refused ` +
  'IPv6 dial tcp6: address localhost: no suitable address found ';

/** What containerd 1.6 writes when the application resets the connection. */
export const RESET_TEXT: string =
  `error forwarding port 7005 to pod ${sandbox}, uid : failed to execute portforward in network namespace ${namespace}: ` +
  'read tcp4 127.0.0.1:43138->127.0.0.1:7005: read: connection reset by peer';

interface RecordedFrame {
  readonly bytes: Buffer;
  readonly event: SpdyFrameEvent;
}

/**
 * Everything that a Kubernetes 1.34 API server with containerd 1.6 sent over raw SPDY in a session of four connections: an echo, a server
 * that answers and closes, a port that nobody listens on, and a server that resets.
 */
export const RECORDED_FRAMES: readonly RecordedFrame[] = [
  reply(1, '800300020000001400000001 78f9e3c6a7c26260606000000000ffff'),
  reply(3, '800300020000000c00000003 026100000000ffff'),
  data(3, '0000000300000005', 'hello'),
  { bytes: hex('8003000600000004 00000001'), event: { type: 'ping', id: 1 } },
  reply(7, '800300020000000c00000007 026100000000ffff'),
  reply(5, '800300020000000c00000005 026100000000ffff'),
  data(7, '0000000700000004', 'done'),
  end(7, '0000000701000000'),
  end(5, '0000000501000000'),
  reply(11, '800300020000000c0000000b 026100000000ffff'),
  reply(9, '800300020000000c00000009 026100000000ffff'),
  end(11, '0000000b01000000'),
  data(9, '00000009000001c1', REFUSED_TEXT),
  end(9, '0000000901000000'),
  reply(13, '800300020000000c0000000d 026100000000ffff'),
  reply(15, '800300020000000c0000000f 026100000000ffff'),
  end(15, '0000000f01000000'),
  data(13, '0000000d00000121', RESET_TEXT),
  end(13, '0000000d01000000'),
  end(3, '0000000301000000'),
  end(1, '0000000101000000'),
];

/** The recorded frames as they came, one behind the other. */
export const RECORDED_BYTES: Buffer = Buffer.concat(RECORDED_FRAMES.map(({ bytes }) => bytes));

/** What a parser must find in them. */
export const RECORDED_EVENTS: readonly SpdyFrameEvent[] = RECORDED_FRAMES.map(({ event }) => event);

function reply(streamId: number, bytes: string): RecordedFrame {
  return { bytes: hex(bytes), event: { type: 'synReply', streamId, fin: false } };
}

function data(streamId: number, header: string, payload: string): RecordedFrame {
  return {
    bytes: Buffer.concat([hex(header), Buffer.from(payload)]),
    event: { type: 'data', streamId, payload, fin: false },
  };
}

function end(streamId: number, bytes: string): RecordedFrame {
  return { bytes: hex(bytes), event: { type: 'data', streamId, payload: '', fin: true } };
}

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}
