import { expect, test } from 'vitest';
import {
  dataHeader,
  MAX_DATA_LENGTH,
  pingFrame,
  rstStreamFrame,
  STATUS_CANCEL,
  synStreamFrame,
} from '../../../src/transport/spdy/frames.ts';

const block = Buffer.from('block');

test.each([
  [
    'SYN_STREAM',
    synStreamFrame({ streamId: 3, fin: false, headerBlock: block }),
    '8003 0001 0000000f 00000003 00000000 0000 626c6f636b',
  ],
  [
    'SYN_STREAM that never sends',
    synStreamFrame({ streamId: 1, fin: true, headerBlock: block }),
    '8003 0001 0100000f 00000001 00000000 0000 626c6f636b',
  ],
  ['RST_STREAM', rstStreamFrame(7, STATUS_CANCEL), '8003 0003 00000008 00000007 00000005'],
  ['PING', pingFrame(0xffff_ffff), '8003 0006 00000004 ffffffff'],
  ['DATA', dataHeader(3, 5, false), '00000003 00000005'],
  ['DATA that ends its stream', dataHeader(3, 0, true), '00000003 01000000'],
  ['the longest DATA', dataHeader(0x7fff_ffff, MAX_DATA_LENGTH, true), '7fffffff 01ffffff'],
])('writes %s as SPDY/3.1 has it', (_name, frame, expected) => {
  expect(frame.toString('hex')).toBe(expected.replaceAll(' ', ''));
});
