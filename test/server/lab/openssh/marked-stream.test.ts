import { expect, test } from 'vitest';
import { createMarkedStream } from '../../../../server/lab/openssh/marked-stream.ts';

const whole = Buffer.from('login banner\nM+\n안녕 M- not it\nM-7\nlate words');

test('what stands between the marks is kept, however the bytes are cut', () => {
  for (let size = 1; size <= whole.length; size += 1) {
    const stream = createMarkedStream('M', 1000);
    for (let at = 0; at < whole.length; at += size) stream.push(whole.subarray(at, at + size));
    expect([size, stream.text(), stream.exitCode, stream.isTruncated]).toEqual([size, '안녕 M- not it\n', 7, false]);
  }
});

test('beyond the cap output is dropped and half a character with it', () => {
  const stream = createMarkedStream('M', 4);
  stream.push(Buffer.from('M+\n가나다M-0\n'));
  expect([stream.text(), stream.exitCode, stream.isTruncated]).toEqual(['가', 0, true]);
});

test('a stream that ends early gives what it had', () => {
  const stream = createMarkedStream('mark', 100);
  expect(stream.hasStarted).toBe(false);
  stream.push(Buffer.from('mark+\nhalf a li'));
  expect([stream.hasStarted, stream.text(), stream.exitCode]).toEqual([true, 'half a li', undefined]);
});

test('endless chatter before the opening mark is forgotten, not stored', () => {
  const stream = createMarkedStream('mark', 100);
  for (let i = 0; i < 64; i += 1) stream.push(Buffer.alloc(64 * 1024, 'x'));
  stream.push(Buffer.from('mark+\nhere\nmark-0\n'));
  expect([stream.text(), stream.exitCode]).toEqual(['here\n', 0]);
});
