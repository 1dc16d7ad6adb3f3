import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { ForwardingServer } from './forwarding-server.ts';
import { SpdyClient } from './spdy-client.ts';

const HANDSHAKE = {
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': Buffer.alloc(16, 1).toString('base64'),
};
export const TUNNEL_HANDSHAKE = { ...HANDSHAKE, 'Sec-WebSocket-Protocol': 'SPDY/3.1+portforward.k8s.io' };

/** A SPDY client inside a WebSocket, and that WebSocket. */
export async function openTunnel(server: ForwardingServer): Promise<{ client: SpdyClient; tunnel: TunnelClient }> {
  const { socket } = await server.upgrade('GET', TUNNEL_HANDSHAKE);
  const tunnel = new TunnelClient(socket);
  return { client: new SpdyClient(tunnel, socket), tunnel };
}

/** The client's end of a tunnel; it keeps the control frames of the server. The ws client refuses the tunnel's subprotocol. */
export class TunnelClient extends Duplex {
  readonly controls: { opcode: number; payload: Buffer }[] = [];
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('close', () => this.destroy());
    socket.on('error', () => {});
  }

  /** Sends one frame (RFC 6455, section 5.2), by default a whole binary message. */
  frame(payload: Buffer, { opcode = 2, fin = true, masked = true } = {}): void {
    const mask = randomBytes(4);
    const length = payload.length < 126 ? Buffer.from([payload.length]) : Buffer.from([126, 0, 0]);
    if (payload.length >= 126) length.writeUInt16BE(payload.length, 1);
    length.writeUInt8(length.readUInt8(0) | (masked ? 0x80 : 0), 0);
    const bytes = masked ? Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0))) : payload;
    this.#socket.write(
      Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode]), length, masked ? mask : Buffer.alloc(0), bytes]),
    );
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    for (let offset = 0; offset < chunk.length; offset += 60_000) this.frame(chunk.subarray(offset, offset + 60_000));
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      if (this.#rest.length < 2) return;
      const short = this.#rest.readUInt8(1);
      const header = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (this.#rest.length < header) return;
      const length =
        short === 127 ? Number(this.#rest.readBigUInt64BE(2)) : short === 126 ? this.#rest.readUInt16BE(2) : short;
      if (this.#rest.length < header + length) return;
      const opcode = this.#rest.readUInt8(0) & 0x0f;
      const payload = this.#rest.subarray(header, header + length);
      this.#rest = this.#rest.subarray(header + length);
      if (opcode >= 8) this.controls.push({ opcode, payload });
      else this.push(payload);
    }
  }
}
