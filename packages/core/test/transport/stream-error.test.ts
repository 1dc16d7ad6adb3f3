import { expect, test } from 'vitest';
import { StreamRefusedError, StreamResetError } from '../../src/errors/transport-errors.ts';
import { streamErrorFromText } from '../../src/transport/stream-error.ts';
import { REFUSED_TEXT, RESET_TEXT } from './spdy/recorded-conversation.ts';

const NETNS = '"/var/run/netns/cni-2207f184-31d7-72ba-df0f-df90a9502385"';

function reasonOf(text: string): string {
  const error = streamErrorFromText(text, 80);
  return error instanceof StreamRefusedError ? error.reason : error.code;
}

test.each([
  ['containerd 1.6', REFUSED_TEXT, 'refused'],
  [
    'containerd 2',
    `error forwarding port 80 to pod abc, uid : failed to execute portforward in network namespace ${NETNS}: failed to connect to localhost:80 inside namespace "abc": dial tcp4 127.0.0.1:80: connect: connection refused`,
    'refused',
  ],
  [
    'CRI-O',
    `error forwarding port 80 to pod abc, uid : port forward into network namespace ${NETNS}: failed to connect to localhost:80 inside namespace abc: dial tcp [::1]:80: connect: connection refused`,
    'refused',
  ],
  [
    'dockershim with socat',
    'exit status 1: 2024/05/01 10:00:00 socat[18] E connect(5, AF=2 127.0.0.1:80, 16): Connection refused',
    'refused',
  ],
  ['containerd, a reset', RESET_TEXT, 'STREAM_RESET'],
  [
    'containerd, a write to an application that has closed',
    `failed to execute portforward in network namespace ${NETNS}: write tcp4 127.0.0.1:5->127.0.0.1:80: write: broken pipe`,
    'STREAM_RESET',
  ],
  ['containerd, a pod whose sandbox is closed', 'network namespace for sandbox "abc" is closed', 'pod-gone'],
  ['containerd, a pod that is gone', 'failed to find sandbox "abc" in store: not found', 'pod-gone'],
  ['the kubelet, a pod that is gone', 'pod not found ("web-0_default")', 'pod-gone'],
  ['the kubelet, a pod that never was', 'pod does not exist', 'pod-gone'],
  ['containerd, a dial without an answer', 'dial tcp4 127.0.0.1:80: i/o timeout', 'timeout'],
  ['the kubelet, half a pair of streams', 'error: timed out waiting for streams', 'timeout'],
  ['anything else', 'unable to do port forwarding: socat not found', 'other'],
])('understands %s', (_runtime, text, reason) => {
  expect(reasonOf(text)).toBe(reason);
});

test('says which port refused, and keeps what the runtime wrote as the cause', () => {
  const error = streamErrorFromText(`${REFUSED_TEXT}\n`, 9);
  expect(error.message).toBe('Nothing in the pod listens on port 9');
  expect(error.hint).toContain('another port');
  expect((error.cause as Error).message).toBe(REFUSED_TEXT.trim());
});

test('says which port was reset', () => {
  const error = streamErrorFromText(RESET_TEXT, 7005);
  expect(error).toBeInstanceOf(StreamResetError);
  expect(error.message).toBe('The pod reset the connection to port 7005');
});

test('shows the first line of a text that it does not know, without control characters', () => {
  const error = streamErrorFromText('\u001b[31mno such\tthing\u0007\nand a second line', 80);
  expect(error.message).toBe('Port 80 of the pod could not be reached:  [31mno such thing ');
});

test('shows no more than 300 characters of it', () => {
  expect(streamErrorFromText('x'.repeat(4096), 80).message.length).toBeLessThan(400);
});

test('a copy that was cut short is no pod that is gone', () => {
  const text = `failed to execute portforward in network namespace ${NETNS}: write tcp4 127.0.0.1:5->127.0.0.1:80: use of closed network connection`;
  expect(reasonOf(text)).not.toBe('pod-gone');
});
