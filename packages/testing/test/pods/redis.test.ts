import { expect, test } from 'vitest';
import { redis } from '../../src/pods/redis.ts';
import { type Talk, talk } from './helpers/talk.ts';

/** A command as clients send it. */
function command(...args: readonly string[]): string {
  return `*${args.length}\r\n${args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`).join('')}`;
}

/** Sends a text and waits for exactly this answer after what was heard before. */
async function expectAnswer(pod: Talk, text: string, answer: string): Promise<void> {
  const before = pod.heard().length;
  pod.say(text);
  await pod.until(() => pod.heard().length >= before + answer.length);
  expect(pod.heard().slice(before)).toBe(answer);
}

test('keeps what it is told', async () => {
  await using pod = await talk(redis());
  await expectAnswer(pod, command('PING'), '+PONG\r\n');
  await expectAnswer(pod, command('ping', 'hi'), '$2\r\nhi\r\n');
  await expectAnswer(pod, command('ECHO', 'a b'), '$3\r\na b\r\n');
  await expectAnswer(pod, command('GET', 'k'), '$-1\r\n');
  await expectAnswer(pod, command('SET', 'k', 'v w'), '+OK\r\n');
  await expectAnswer(pod, command('GET', 'k'), '$3\r\nv w\r\n');
  await expectAnswer(pod, command('INCR', 'n'), ':1\r\n');
  await expectAnswer(pod, command('INCR', 'n'), ':2\r\n');
  await expectAnswer(pod, command('INCR', 'k'), '-ERR value is not an integer or out of range\r\n');
  await expectAnswer(pod, command('EXISTS', 'k', 'n', 'x'), ':2\r\n');
  await expectAnswer(pod, command('KEYS', '*'), '*2\r\n$1\r\nk\r\n$1\r\nn\r\n');
  await expectAnswer(pod, command('DEL', 'k', 'x'), ':1\r\n');
  await expectAnswer(pod, command('SET', '__proto__', '1'), '+OK\r\n');
  await expectAnswer(pod, command('GET', '__proto__'), '$1\r\n1\r\n');
});

test('does what clients ask for first', async () => {
  await using pod = await talk(redis());
  await expectAnswer(pod, command('HELLO', '3'), '-NOPROTO unsupported protocol version\r\n');
  const facts = ['server', 'redis', 'version', '7.0.0', 'proto', 2, 'id', 1, 'mode', 'standalone', 'role', 'master'];
  const encoded = facts.map((fact) => (typeof fact === 'number' ? `:${fact}\r\n` : `$${fact.length}\r\n${fact}\r\n`));
  await expectAnswer(pod, command('HELLO', '2'), `*14\r\n${encoded.join('')}$7\r\nmodules\r\n*0\r\n`);
  await expectAnswer(pod, command('CLIENT', 'SETINFO', 'LIB-NAME', 'x'), '+OK\r\n');
  await expectAnswer(pod, command('COMMAND', 'DOCS'), '*0\r\n');
  await expectAnswer(pod, command('SELECT', '1'), '+OK\r\n');
  await expectAnswer(pod, command('__proto__'), "-ERR unknown command '__proto__'\r\n");
  await expectAnswer(pod, command('GET'), "-ERR wrong number of arguments for 'get' command\r\n");
});

test('answers a pipeline in order, however it is cut, and lines typed by hand', async () => {
  await using pod = await talk(redis());
  const text = `${command('SET', 'a', '1')}${command('GET', 'a')}ping\r\n\r\nget a\n`;
  for (const byte of Buffer.from(text)) pod.say(Buffer.from([byte]));
  const answer = '+OK\r\n$1\r\n1\r\n+PONG\r\n$1\r\n1\r\n';
  await pod.until(() => pod.heard().length >= answer.length);
  expect(pod.heard()).toBe(answer);
  pod.say(command('QUIT') + command('PING'));
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe(`${answer}+OK\r\n`);
});

test('ends with the client', async () => {
  await using pod = await talk(redis());
  pod.say(command('PING'), { fin: true });
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe('+PONG\r\n');
});

test.each([
  ['*99999999\r\n', 'Protocol error: invalid multibulk length'],
  ['*1\r\n$999999999\r\n', 'Protocol error: invalid bulk length'],
  ['*1\r\n$-1\r\n', 'Protocol error: invalid bulk length'],
  ['*1\r\n:1\r\n', "Protocol error: expected '$', got ':'"],
  [`*3\r\n${`$524288\r\n${'x'.repeat(524_288)}\r\n`.repeat(2)}$9\r\n`, 'Protocol error: too big request'],
  ['x'.repeat(70_000), 'Protocol error: too big inline request'],
])('refuses hostile input: %.20s', async (text, message) => {
  await using pod = await talk(redis());
  pod.say(text);
  await pod.until(() => pod.ended());
  expect(pod.heard()).toBe(`-ERR ${message}\r\n`);
});
