/**
 * The host end of a lab's two networks: takes the frames that the lab's side sends, has them answered, sends the answers back.
 * Knows nothing about how the stream reaches the lab.
 */
import type { Readable, Writable } from 'node:stream';
import type { Addresses } from '../../../src/course/addresses.ts';
import { createFrameAnswerer, createFrameDecoder, createThrottle, encodeFrame } from '../vmnet/index.ts';

/** Replies kept for a lab that does not read, bytes; beyond it frames are dropped, as a switch does. */
const maxQueuedBytes = 1_048_576;

/** Carries frames until the stream ends. */
export function carryFrames(
  { input, output }: { readonly input: Readable; readonly output: Writable },
  addresses: Addresses,
  onTrouble: (trouble: string) => void,
): Disposable {
  const cards = [
    createFrameAnswerer({ kind: 'nat', subnet: addresses.subnet }),
    createFrameAnswerer({ kind: 'host-only', subnet: addresses['host-only-subnet'] }),
  ];
  const decoder = createFrameDecoder();
  const throttle = createThrottle(input);
  const answer = (record: Uint8Array): void => {
    const card = record[0] ?? 0;
    for (const reply of cards[card]?.handleFrame(record.subarray(1)) ?? []) {
      if (output.writableLength > maxQueuedBytes || !output.writable) return;
      output.write(encodeFrame(Buffer.concat([Uint8Array.of(card), reply])));
    }
  };
  const take = (chunk: Buffer): void => {
    const { frames, badLength } = decoder.push(chunk);
    try {
      for (const record of frames) answer(record);
    } catch (thrown) {
      onTrouble(String(thrown)); // One frame is lost; the wire goes on.
    }
    throttle.take(frames.length);
    if (badLength === undefined) return;
    onTrouble(`out of step: ${badLength}`);
    input.destroy();
  };
  input.on('data', take);
  input.on('error', () => {}); // Its end is seen by who made it.
  output.on('error', () => {});
  return {
    [Symbol.dispose]: () => {
      input.off('data', take);
      throttle[Symbol.dispose]();
    },
  };
}
