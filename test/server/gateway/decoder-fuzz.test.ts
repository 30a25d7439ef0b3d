/** Whatever arrives is decoded or refused, never anything between: seeded inputs by the million, bounded in time. */
import { expect, test } from 'vitest';
import { parseMessage } from '../../../server/gateway/parse-message.ts';
import { Fault } from '../../../src/faults.ts';
import {
  clientMessageSchema,
  decodeFrame,
  encodeFrame,
  maxControlBytes,
  maxInputBytes,
  sizeLimits,
} from '../../../src/protocol/terminal.ts';
import { createRandom } from '../../support/deterministic.ts';

const longestMs = 20_000;
/** What a machine manages that is ten times slower than usual. */
const leastRounds = 200_000;

/** Calls `round` so many times, or fewer when time runs out; returns how many times it was. */
function repeat(times: number, round: (index: number) => void): number {
  const deadline = performance.now() + longestMs;
  for (let index = 0; index < times; index += 1) {
    if (index % 10_000 === 0 && performance.now() > deadline) return index;
    round(index);
  }
  return times;
}

test('three million random frames are decoded or refused', () => {
  const random = createRandom(3);
  const buffer = new Uint8Array(32);
  let decoded = 0;
  const rounds = repeat(3_000_000, (index) => {
    const bytes = buffer.subarray(0, random(25));
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = random(256);
    // Every second one begins like a frame with a whole number, so that the rest of the decoder is reached.
    if (index % 2 === 0 && bytes.length > 3) bytes.set([[0x01, 0x02, 0x11][random(3)] ?? 0, 0x43, 0x30 + random(16)]);
    const frame = decodeFrame(bytes);
    if (frame === undefined) return;
    decoded += 1;
    if (!Number.isSafeInteger(frame.seq) || frame.seq < 0) throw new Error(`position ${frame.seq}`);
    // A payload is what follows the header; -0 is the one number that is written otherwise.
    const again = encodeFrame(frame);
    const isSame = again[0] === bytes[0] && Buffer.compare(again.subarray(9), bytes.subarray(9)) === 0;
    if (!isSame) throw new Error(`input ${index}: ${Buffer.from(bytes).toString('hex')}`);
  });
  expect(rounds).toBeGreaterThan(leastRounds);
  expect(decoded).toBeGreaterThan(rounds / 20);
});

test('a frame that is cut anywhere is refused in its header and shorter in its payload', () => {
  const whole = encodeFrame({ kind: 'input', seq: 2 ** 40, bytes: Buffer.from('payload') });
  for (let length = 0; length < whole.length; length += 1) {
    const frame = decodeFrame(whole.subarray(0, length));
    expect(frame?.bytes.length, `${length} bytes`).toBe(length < 9 ? undefined : length - 9);
  }
});

test('numbers that no byte can have are refused', () => {
  const frame = encodeFrame({ kind: 'input', seq: 0, bytes: new Uint8Array(1) });
  for (const seq of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324]) {
    new DataView(frame.buffer).setFloat64(1, seq);
    expect(decodeFrame(frame), String(seq)).toBeUndefined();
  }
});

/** Values that messages are put together from: right ones, and every kind of wrong. */
const values = [
  ...['attach', 'resize', 'ack', 't1', 't99', 't100', '../t1', 'viewer-12', '__proto__', '', '한글', 'x'.repeat(65)],
  ...[0, -1, 1.5, 80, 501, 2 ** 53, 1e308, Number.NaN, null, true, false],
  ...[[], {}, { cols: 80, rows: 24 }, { cols: 80 }, { cols: 1, rows: 1 }, { cols: 80, rows: 24, extra: 1 }],
] as const;
const keys = ['type', 'terminal', 'viewer', 'epoch', 'from', 'size', 'seq', '__proto__', 'constructor', 'extra'];
const wholeMessages = [
  { type: 'attach', terminal: 't1', viewer: 'viewer-12', size: { cols: 80, rows: 24 } },
  { type: 'attach', terminal: 't9', viewer: 'viewer-12', epoch: 'e', from: 5, size: { cols: 2, rows: 1 } },
  { type: 'resize', size: { cols: 500, rows: 300 } },
  { type: 'ack', seq: 7 },
];

/** A message with some fields exchanged, and sometimes a byte of its text. */
function mutate(random: (below: number) => number): string {
  const entries = Object.entries(wholeMessages[random(wholeMessages.length)] ?? {});
  for (let count = random(3); count > 0; count -= 1) {
    const key = keys[random(keys.length)] ?? '';
    entries.splice(random(entries.length + 1), random(2), [key, values[random(values.length)] as never]);
  }
  const text = JSON.stringify(Object.fromEntries(entries));
  if (random(3) > 0) return text;
  const at = random(text.length);
  return text.slice(0, at) + String.fromCharCode(random(0x180)) + text.slice(at + random(3));
}

test('a hundred and fifty thousand mutated messages are understood or refused with a reason', () => {
  const random = createRandom(8);
  let understood = 0;
  const rounds = repeat(150_000, (index) => {
    const text = mutate(random);
    const message = parseMessage(text, clientMessageSchema, maxControlBytes);
    if (message instanceof Fault) {
      if (message.code !== 'bad-message' || message.message === '') throw new Error(`input ${index}: ${message.code}`);
      return;
    }
    understood += 1;
    const { cols, rows } = 'size' in message ? message.size : { cols: sizeLimits.minCols, rows: sizeLimits.minRows };
    const isInBounds = cols >= sizeLimits.minCols && cols <= sizeLimits.maxCols && rows <= sizeLimits.maxRows;
    const number = message.type === 'ack' ? message.seq : message.type === 'attach' ? (message.from ?? 0) : 0;
    if (!isInBounds || !Number.isSafeInteger(number) || number < 0) throw new Error(`input ${index}: ${text}`);
  });
  expect(rounds).toBeGreaterThan(leastRounds / 10);
  expect(understood).toBeGreaterThan(rounds / 20);
  expect(understood).toBeLessThan(rounds);
});

test('text beyond the limit is refused by its size before it is read, counted in bytes', () => {
  const hangul = `"${'한'.repeat(maxControlBytes / 3)}"`;
  expect(hangul.length).toBeLessThan(maxControlBytes);
  const fault = parseMessage(hangul, clientMessageSchema, maxControlBytes);
  expect(fault).toMatchObject({ code: 'too-large' });
});

test('input beyond its largest size is refused', () => {
  const of = (length: number) => decodeFrame(encodeFrame({ kind: 'input', seq: 0, bytes: new Uint8Array(length) }));
  expect(of(maxInputBytes)).toBeDefined();
  expect(of(maxInputBytes + 1)).toBeUndefined();
});
