import { expect, test } from 'vitest';
import { TokenBucket } from '../../../server/gateway/token-bucket.ts';
import { decodeFrame, encodeFrame, maxInputBytes } from '../../../src/protocol/terminal.ts';
import { createRandom } from '../../support/deterministic.ts';

test('200 000 random frames are decoded or refused, never anything between', () => {
  const random = createRandom(3);
  let decoded = 0;
  for (let round = 0; round < 200_000; round += 1) {
    const bytes = Uint8Array.from({ length: random(24) }, () => random(256));
    // Every second one begins like a frame with a whole number, so that the rest of the decoder is reached.
    if (round % 2 === 0 && bytes.length > 3)
      bytes.set([[0x01, 0x02, 0x11][random(3)] ?? 0, 0x43, 0x30 + random(16)], 0);
    const frame = decodeFrame(bytes);
    if (frame === undefined) continue;
    decoded += 1;
    if (!Number.isSafeInteger(frame.seq) || frame.seq < 0) throw new Error(`position ${frame.seq}`);
    // A payload is what follows the header; -0 is the one number that is written otherwise.
    const again = encodeFrame(frame);
    const same = Buffer.compare(again.subarray(9), bytes.subarray(9)) === 0 && again[0] === bytes[0];
    if (!same) throw new Error(Buffer.from(bytes).toString('hex'));
  }
  expect(decoded).toBeGreaterThan(10_000);
});

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

test('input beyond its largest size is refused', () => {
  const of = (length: number) => decodeFrame(encodeFrame({ kind: 'input', seq: 0, bytes: new Uint8Array(length) }));
  expect(of(maxInputBytes)).toBeDefined();
  expect(of(maxInputBytes + 1)).toBeUndefined();
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
