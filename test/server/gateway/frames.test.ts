import { expect, test } from 'vitest';
import { TokenBucket } from '../../../server/session/token-bucket.ts';
import { decodeFrame, encodeFrame } from '../../../src/protocol/terminal.ts';

test('every kind survives the way there and back, also as a view into a larger buffer', () => {
  for (const kind of ['output', 'snapshot', 'input'] as const) {
    for (const seq of [0, 1, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      const encoded = encodeFrame({ kind, seq, bytes: Buffer.from('한글') });
      const padded = new Uint8Array(encoded.length + 7);
      padded.set(encoded, 7);
      const frame = decodeFrame(padded.subarray(7));
      expect({ ...frame, bytes: Buffer.from(frame?.bytes ?? []).toString() }).toEqual({ kind, seq, bytes: '한글' });
    }
  }
});

test('a bucket gives its burst at once, then its rate, and tells how long a debt lasts', () => {
  let now = 0;
  const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, () => now);
  expect(Array.from({ length: 6 }, () => bucket.take())).toEqual([true, true, true, true, true, false]);
  now += 100;
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
  expect(bucket.borrow(2)).toBe(200);
  now += 200;
  expect(bucket.isFull).toBe(false);
  expect(bucket.borrow(0)).toBe(0);
  now += 10_000;
  expect(bucket.isFull).toBe(true);
});
