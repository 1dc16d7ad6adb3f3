import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { PodHandler } from './pod-handler.ts';
import { RedisCommands, type RedisReply } from './redis-commands.ts';
import { RespProtocolError, RespReader } from './resp-reader.ts';

/**
 * A pod that speaks as a small Redis: RESP2 with pipelining, and lines typed by hand. It knows PING, ECHO, SET, GET, DEL, EXISTS, INCR,
 * KEYS *, SELECT, COMMAND, INFO, CLIENT SETNAME and SETINFO, HELLO 2 and QUIT. All connections to it see the same keys, at most 16 MiB.
 */
export function redis(): PodHandler {
  const commands = new RedisCommands();
  return async (connection) => {
    const closed = new AbortController();
    connection.once('close', () => closed.abort());
    const send = async (reply: RedisReply) => {
      // A client that does not read its replies gets no further ones made.
      if (!connection.write(encode(reply))) await once(connection, 'drain', { signal: closed.signal });
    };
    try {
      await serve({ connection, commands, send });
    } catch (error) {
      if (!(error instanceof RespProtocolError)) throw error;
      await send(new Error(`ERR ${error.message}`));
    }
    connection.resume();
    connection.end();
  };
}

/** Answers until the client quits or ends. */
async function serve(given: {
  readonly connection: Duplex;
  readonly commands: RedisCommands;
  readonly send: (reply: RedisReply) => Promise<void>;
}): Promise<void> {
  const { connection, commands, send } = given;
  const reader = new RespReader();
  for await (const chunk of connection.iterator({ destroyOnReturn: false })) {
    for (const command of reader.read(chunk as Buffer)) {
      await send(commands.run(command));
      if (command[0]?.toString('latin1').toLowerCase() === 'quit') return;
    }
  }
}

function encode(reply: RedisReply): Buffer {
  if (reply === null) return Buffer.from('$-1\r\n');
  if (typeof reply === 'string') return Buffer.from(`+${reply}\r\n`);
  if (typeof reply === 'number') return Buffer.from(`:${reply}\r\n`);
  if (reply instanceof Error) return Buffer.from(`-${reply.message}\r\n`);
  if (Buffer.isBuffer(reply)) return Buffer.concat([Buffer.from(`$${reply.length}\r\n`), reply, Buffer.from('\r\n')]);
  return Buffer.concat([Buffer.from(`*${reply.length}\r\n`), ...reply.map(encode)]);
}
