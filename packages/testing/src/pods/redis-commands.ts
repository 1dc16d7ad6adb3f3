/** How much the keys and values of one store may take, in bytes. */
const MAX_STORE = 16 * 1024 * 1024;

/** What a command is answered with: text is a simple string, bytes are a bulk string, `null` is nothing there. */
export type RedisReply = string | number | Buffer | null | Error | readonly RedisReply[];

/** The keys of one Redis server, and the commands on them that clients use to begin with. Every database is the same one. */
export class RedisCommands {
  readonly #values = new Map<string, Buffer>();
  #size = 0;

  /** Carries out one command; `QUIT` is the caller's. */
  run([first, ...args]: readonly Buffer[]): RedisReply {
    const name = (first?.toString('latin1') ?? '').toLowerCase();
    const [key = Buffer.alloc(0), value = Buffer.alloc(0)] = args;
    const command = this.#commands[name];
    if (!command) return new Error(`ERR unknown command '${name.replaceAll(/[^ -~]/g, '?').slice(0, 128)}'`);
    const [least, most] = command.takes;
    if (args.length < least || args.length > most) {
      return new Error(`ERR wrong number of arguments for '${name}' command`);
    }
    return command.run(key, value, args);
  }

  readonly #commands: Readonly<Record<string, Command>> = {
    __proto__: null as never,
    ping: { takes: [0, 1], run: (text, _, args) => (args.length > 0 ? text : 'PONG') },
    echo: { takes: [1, 1], run: (text) => text },
    quit: { takes: [0, Number.POSITIVE_INFINITY], run: () => 'OK' },
    select: { takes: [1, 1], run: (index) => this.#select(index.toString('latin1')) },
    set: { takes: [2, 2], run: (key, value) => this.#set(key, value) },
    get: { takes: [1, 1], run: (key) => this.#values.get(key.toString('latin1')) ?? null },
    del: { takes: [1, Number.POSITIVE_INFINITY], run: (_, __, keys) => keys.filter((key) => this.#delete(key)).length },
    exists: {
      takes: [1, Number.POSITIVE_INFINITY],
      run: (_, __, keys) => keys.filter((key) => this.#values.has(key.toString('latin1'))).length,
    },
    incr: { takes: [1, 1], run: (key) => this.#increment(key) },
    keys: { takes: [1, 1], run: (pattern) => this.#keys(pattern.toString('latin1')) },
    command: { takes: [0, Number.POSITIVE_INFINITY], run: () => [] },
    info: { takes: [0, Number.POSITIVE_INFINITY], run: () => Buffer.from(this.#info()) },
    client: { takes: [1, Number.POSITIVE_INFINITY], run: (subcommand) => client(subcommand.toString('latin1')) },
    hello: {
      takes: [0, Number.POSITIVE_INFINITY],
      run: (version, _, args) => hello(args.length > 0 ? version : undefined),
    },
  };

  #select(index: string): RedisReply {
    return /^([0-9]|1[0-5])$/.test(index) ? 'OK' : new Error('ERR DB index is out of range');
  }

  #set(key: Buffer, value: Buffer): RedisReply {
    this.#delete(key);
    if (this.#size + key.length + value.length > MAX_STORE) {
      return new Error("OOM command not allowed when used memory > 'maxmemory'.");
    }
    this.#values.set(key.toString('latin1'), value);
    this.#size += key.length + value.length;
    return 'OK';
  }

  #delete(key: Buffer): boolean {
    const name = key.toString('latin1');
    const value = this.#values.get(name);
    if (value) this.#size -= key.length + value.length;
    return this.#values.delete(name);
  }

  #increment(key: Buffer): RedisReply {
    const text = this.#values.get(key.toString('latin1'))?.toString('latin1') ?? '0';
    const next = /^-?\d{1,15}$/.test(text) ? Number(text) + 1 : Number.NaN;
    if (Number.isNaN(next)) return new Error('ERR value is not an integer or out of range');
    const reply = this.#set(key, Buffer.from(String(next)));
    return reply instanceof Error ? reply : next;
  }

  #keys(pattern: string): RedisReply {
    if (pattern !== '*') return new Error('ERR only the pattern * is supported here');
    return [...this.#values.keys()].map((key) => Buffer.from(key, 'latin1'));
  }

  #info(): string {
    return `# Server\r\nredis_version:7.0.0\r\nredis_mode:standalone\r\n# Keyspace\r\ndb0:keys=${this.#values.size}\r\n`;
  }
}

interface Command {
  /** The least and the most arguments. */
  readonly takes: readonly [number, number];
  readonly run: (first: Buffer, second: Buffer, all: readonly Buffer[]) => RedisReply;
}

function client(subcommand: string): RedisReply {
  const known = ['setname', 'setinfo'].includes(subcommand.toLowerCase());
  return known ? 'OK' : new Error('ERR unknown subcommand. Try CLIENT HELP.');
}

/** Only RESP2 is spoken; clients that ask for RESP3 go back to it. */
function hello(version: Buffer | undefined): RedisReply {
  if (version !== undefined && version.toString('latin1') !== '2') {
    return new Error('NOPROTO unsupported protocol version');
  }
  const facts = { server: 'redis', version: '7.0.0', proto: 2, id: 1, mode: 'standalone', role: 'master' };
  const flat = Object.entries(facts).flatMap(([name, value]) => [
    Buffer.from(name),
    typeof value === 'number' ? value : Buffer.from(value),
  ]);
  return [...flat, Buffer.from('modules'), []];
}
