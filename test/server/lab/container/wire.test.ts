import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { carryFrames } from '../../../../server/lab/container/wire.ts';
import { createFrameDecoder, encodeFrame } from '../../../../server/lab/vmnet/index.ts';
import { buildAddresses } from '../../../../src/course/addresses.ts';

/** Who has this address? Asked from 213.0.113.3 resp. 213.0.114.3. */
function arpRequest(from: readonly number[], wanted: readonly number[]): Buffer {
  const mac = [0, 12, 41, 0, 0, 33];
  const ethernet = [255, 255, 255, 255, 255, 255, ...mac, 8, 6];
  return Buffer.from([...ethernet, 0, 1, 8, 0, 6, 4, 0, 1, ...mac, ...from, 0, 0, 0, 0, 0, 0, ...wanted]);
}

function openWire() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const troubles: string[] = [];
  const wire = carryFrames({ input, output }, buildAddresses('class'), (trouble) => troubles.push(trouble));
  const decoder = createFrameDecoder();
  const ask = (card: number, frame: Buffer) => input.write(encodeFrame(Buffer.concat([Buffer.from([card]), frame])));
  const heard = () => decoder.push(output.read() ?? Buffer.alloc(0)).frames.map((record) => Buffer.from(record));
  return { input, ask, heard, troubles, [Symbol.dispose]: () => wire[Symbol.dispose]() };
}

test('each card has its own network, and answers go back to the card that asked', async () => {
  using wire = openWire();
  wire.ask(0, arpRequest([213, 0, 113, 3], [213, 0, 113, 2]));
  wire.ask(1, arpRequest([213, 0, 114, 3], [213, 0, 114, 1]));
  wire.ask(1, arpRequest([213, 0, 114, 3], [213, 0, 113, 2]));
  wire.ask(9, arpRequest([213, 0, 113, 3], [213, 0, 113, 2]));
  const answers: Buffer[] = [];
  await expect.poll(() => answers.push(...wire.heard())).toBe(2);
  expect(answers.map((record) => [record[0], ...record.subarray(29, 33)])).toEqual([
    [0, 213, 0, 113, 2],
    [1, 213, 0, 114, 1],
  ]);
});

test('a stream out of step is given up', async () => {
  using wire = openWire();
  wire.input.on('error', () => {});
  wire.input.write(Buffer.alloc(8, 255));
  await expect.poll(() => wire.input.destroyed).toBe(true);
  expect(wire.troubles).toEqual([expect.stringContaining('out of step')]);
});
