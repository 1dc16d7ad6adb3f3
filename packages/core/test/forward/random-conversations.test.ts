import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { PodHandler } from '@kforge/testing';
import { expect, test } from 'vitest';
import { drained } from '../helpers/drained.ts';
import { connectLocal } from '../helpers/local-client.ts';
import { SeededRandom } from '../helpers/seeded-random.ts';
import { startManager } from '../helpers/start-manager.ts';

const ENDINGS = ['client first', 'pod first', 'client resets', 'pod resets'] as const;

interface Conversation {
  readonly id: number;
  readonly ending: (typeof ENDINGS)[number];
  /** Bytes from the client to the pod, and back. */
  readonly up: number;
  readonly down: number;
  /** After how many bytes from the pod one side resets. */
  readonly resetAt: number;
}

const MAX_SIZE = 8 * 1024 * 1024;
/** A prime, so that no exchange of equal pieces goes unseen. */
const PATTERN = new SeededRandom(1).bytes(65_521);

function randomSize(random: SeededRandom): number {
  return random.below(3) === 0 ? random.below(100) : random.below(MAX_SIZE + 1);
}

function randomConversations(random: SeededRandom, count: number): Conversation[] {
  return Array.from({ length: count }, (_, id) => {
    const down = randomSize(random) + 1;
    const ending = ENDINGS[id % ENDINGS.length] as (typeof ENDINGS)[number];
    return {
      id,
      ending,
      // A reset that comes behind bytes is the business of local-reset.test.ts.
      up: ending === 'client resets' ? 0 : randomSize(random),
      down,
      resetAt: 1 + random.below(down),
    };
  });
}

/** What one side of a conversation says; every conversation and side begins elsewhere in the pattern. */
function* words(length: number, voice: number): Generator<Buffer> {
  let at = (voice * 7919) % PATTERN.length;
  for (let left = length; left > 0; ) {
    const piece = PATTERN.subarray(at, at + left);
    yield piece;
    left -= piece.length;
    at = 0;
  }
}

function hashOf(length: number, voice: number): string {
  const hash = createHash('sha256');
  for (const piece of words(length, voice)) hash.update(piece);
  return hash.digest('hex');
}

const clientVoice = ({ id }: Conversation): number => 2 * id;
const podVoice = ({ id }: Conversation): number => 2 * id + 1;

/** Counts and hashes what one side hears. */
class Heard {
  length = 0;
  readonly #hash = createHash('sha256');

  add(chunk: Buffer): void {
    this.length += chunk.length;
    this.#hash.update(chunk);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

async function say(stream: Duplex, length: number, voice: number): Promise<void> {
  for (const piece of words(length, voice)) {
    if (stream.destroyed) return;
    // A copy: the pattern is shared, and a stream may own what it is given.
    if (!stream.write(Buffer.from(piece))) await drained(stream).catch(() => undefined); // a reset: the loop sees it
  }
}

/** What the pod heard in each conversation, known when its connection is over. */
type PodSide = Map<number, PromiseWithResolvers<Heard>>;

/** A pod that reads the number of its conversation, and then plays its part. */
function pod(conversations: readonly Conversation[], heardByPod: PodSide): PodHandler {
  return async (connection) => {
    const heard = new Heard();
    const ended = Promise.withResolvers<void>();
    const started = Promise.withResolvers<Conversation>();
    let head: Buffer = Buffer.alloc(0);
    connection.on('data', (chunk: Buffer) => {
      if (head.length >= 4) return heard.add(chunk);
      head = Buffer.concat([head, chunk]);
      if (head.length < 4) return;
      heard.add(head.subarray(4));
      started.resolve(conversations[head.readUInt32BE(0)] as Conversation);
    });
    connection.once('end', ended.resolve);
    const conversation = await started.promise;
    connection.once('close', () => heardByPod.get(conversation.id)?.resolve(heard));
    const { ending, down, resetAt } = conversation;
    await say(connection, ending === 'pod resets' ? resetAt : down, podVoice(conversation));
    if (ending === 'pod resets') connection.destroy(new Error('as planned'));
    if (ending === 'client first') await ended.promise;
    if (ending === 'client first' || ending === 'pod first') connection.end();
  };
}

interface ClientSide {
  readonly heard: Heard;
  readonly end: 'end' | 'reset';
}

async function converse(port: number, conversation: Conversation): Promise<ClientSide> {
  const { id, ending, up, resetAt } = conversation;
  const socket = await connectLocal(port);
  const heard = new Heard();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  let end: ClientSide['end'] = 'reset';
  socket.on('error', () => undefined); // 'end' tells what did not fail
  socket.on('data', (chunk: Buffer) => {
    heard.add(chunk);
    if (ending === 'client resets' && heard.length >= resetAt) socket.resetAndDestroy();
  });
  const podEnded = new Promise<void>((resolve) => {
    socket.once('end', () => {
      end = 'end';
      resolve();
    });
    socket.once('close', () => resolve());
  });
  const head = Buffer.alloc(4);
  head.writeUInt32BE(id);
  socket.write(head);
  await say(socket, up, clientVoice(conversation));
  if (ending !== 'client first') await podEnded;
  if (!socket.destroyed) socket.end();
  await closed;
  return { heard, end };
}

test.each([
  ['websocket-tunnel', {}],
  ['spdy', { tunnel: false }],
] as const)(
  'what either side says arrives whole and in order, whoever ends or resets first (%s)',
  { timeout: 60_000 },
  async (carrier, portForward) => {
    const random = new SeededRandom();
    const conversations = randomConversations(random, 24);
    const heardByPod: PodSide = new Map(conversations.map(({ id }) => [id, Promise.withResolvers()]));
    await using fixture = await startManager({
      cluster: { portForward },
      serve: { 7100: pod(conversations, heardByPod) },
    });
    const forward = await fixture.manager.startForward({
      podName: 'web-0',
      localPort: 0,
      remotePort: 7100,
      finHoldMs: 0,
    });
    expect(forward.snapshot().carrier).toBe(carrier);
    for (let first = 0; first < conversations.length; first += 4) {
      await Promise.all(
        conversations.slice(first, first + 4).map(async (conversation) => {
          const client = await converse(forward.localPort, conversation);
          const inPod = (await heardByPod.get(conversation.id)?.promise) as Heard;
          const { ending, up, down } = conversation;
          const isReset = ending.endsWith('resets');
          const seed = `KFORGE_TEST_SEED=${random.seed} ${JSON.stringify(conversation)}`;
          expect(client.heard.digest(), seed).toBe(hashOf(client.heard.length, podVoice(conversation)));
          expect(inPod.digest(), seed).toBe(hashOf(inPod.length, clientVoice(conversation)));
          expect(client.end, seed).toBe(isReset ? 'reset' : 'end');
          if (!isReset) expect([client.heard.length, inPod.length], seed).toEqual([down, up]);
        }),
      );
    }
    expect(forward.status).toBe('connected');
    await expect.poll(() => forward.traffic.openConnections).toBe(0);
  },
);
