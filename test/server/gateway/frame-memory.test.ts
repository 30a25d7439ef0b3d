import type { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import * as library from 'ws';
import { FrameMemory } from '../../../server/gateway/frame-memory.ts';
import { decodeFrame } from '../../../src/protocol/frame.ts';

/** The library's reader, which its typings leave out. */
const { Receiver } = library as unknown as { readonly Receiver: new (options: object) => Writable };

/** What the library itself, in a page's place, reads from the bytes. */
function receive(bytes: Uint8Array): { readonly data: Buffer; readonly isBinary: boolean }[] {
  const messages: { data: Buffer; isBinary: boolean }[] = [];
  const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
  receiver.on('message', (data: Buffer, isBinary: boolean) => messages.push({ data: Buffer.from(data), isBinary }));
  receiver.on('error', (error: Error) => {
    throw error;
  });
  receiver.write(Buffer.from(bytes));
  return messages;
}

const frameHeader = 9;
// On both sides of each length that has a header of its own, and larger than the memory that is kept.
const sizes = [0, 1, 125 - frameHeader, 126 - frameHeader, 65_535 - frameHeader, 65_536 - frameHeader, 65_536, 300_000];

test.each(sizes)('the library reads a frame of %i bytes as one binary message', (size) => {
  const bytes = Buffer.alloc(size, '가');
  const messages = receive(new FrameMemory().write({ kind: 'output', seq: 77, bytes }));
  expect(messages.map(({ isBinary }) => isBinary)).toEqual([true]);
  const frame = decodeFrame(messages[0]?.data ?? Buffer.alloc(0));
  expect(frame).toMatchObject({ kind: 'output', seq: 77 });
  expect(Buffer.from(frame?.bytes ?? []).equals(bytes)).toBe(true);
});

test('memory is used again, but not while it is still needed', () => {
  const memory = new FrameMemory();
  const frame = (text: string) => memory.write({ kind: 'output', seq: 0, bytes: Buffer.from(text) });
  const first = frame('first');
  const second = frame('other');
  expect(Buffer.from(first).toString('latin1')).toContain('other');
  memory.renew();
  frame('third');
  expect(Buffer.from(second).toString('latin1')).toContain('other');
});
