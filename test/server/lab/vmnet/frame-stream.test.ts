import { expect, test } from 'vitest';
import { createFrameDecoder, encodeFrame, MAX_STREAM_FRAME_BYTES } from '../../../../server/lab/vmnet/frame-stream.ts';

test('frames come out whole wherever the stream was cut', () => {
  const frames = [
    Buffer.alloc(60, 1),
    Buffer.alloc(1514, 2),
    Buffer.alloc(1, 3),
    Buffer.alloc(MAX_STREAM_FRAME_BYTES, 4),
  ];
  const stream = Buffer.concat(frames.map(encodeFrame));
  for (const cutBytes of [1, 3, 4, 5, 63, 64, 1000, stream.length]) {
    const decoder = createFrameDecoder();
    const seen: Buffer[] = [];
    const end = cutBytes === 1 ? 3000 : stream.length;
    for (let offset = 0; offset < end; offset += cutBytes) {
      const chunk = decoder.push(stream.subarray(offset, offset + cutBytes));
      expect(chunk.badLength).toBeUndefined();
      seen.push(...chunk.frames.map((frame) => Buffer.from(frame)));
    }
    expect(seen.length, `cut every ${cutBytes}`).toBe(cutBytes === 1 ? 3 : 4);
    expect(Buffer.concat(seen).equals(Buffer.concat(frames.slice(0, seen.length)))).toBe(true);
  }
});

test('an impossible length is named, after the good frames before it', () => {
  for (const length of [0, MAX_STREAM_FRAME_BYTES + 1, 0xffffffff]) {
    const prefix = Buffer.alloc(4);
    prefix.writeUInt32BE(length);
    const chunk = createFrameDecoder().push(Buffer.concat([encodeFrame(Buffer.alloc(60)), prefix, Buffer.alloc(9)]));
    expect([chunk.frames.length, chunk.badLength]).toEqual([1, length]);
  }
});
