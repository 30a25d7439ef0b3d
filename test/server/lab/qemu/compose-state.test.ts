/** What comes of two states of one machine, and of two that are not. The real ones are put together in `checkpoints.vm.test.ts`. */
import { expect, test } from 'vitest';
import { composeState } from '../../../../server/lab/qemu/compose-state.ts';

const header = Buffer.from('QEVM\0\0\0\x03', 'latin1');
const number = (value: number) => Buffer.from([0, 0, 0, value]);
const section = (type: number, id: number, name: string, body: string) =>
  Buffer.concat([
    ...[Buffer.from([type]), number(id), Buffer.from([name.length]), Buffer.from(name), number(0), number(1)],
    ...[Buffer.from(body), Buffer.from([0x7e]), number(id)],
  ]);
const memory = section(0x01, 2, 'ram', 'pc.bios=firmware');
const devices = (clock: string) => [section(0x04, 0, 'timer', clock), section(0x04, 7, 'cpu', 'registers')];
const end = Buffer.from([0]);
const template = Buffer.concat([header, memory, ...devices('then'), end]);
const kept = Buffer.concat([header, ...devices('now'), end]);

test('the memory beside the memory file is the template’s, the devices are the checkpoint’s', () => {
  expect(composeState(template, kept)).toEqual(Buffer.concat([header, memory, ...devices('now'), end]));
});

test('states that do not belong together are refused, not loaded', () => {
  const other = Buffer.concat([header, section(0x04, 9, 'timer', 'now'), end]);
  const twice = Buffer.concat([header, memory, ...devices('then'), ...devices('then'), end]);
  for (const [one, two] of [
    [template, other],
    [twice, kept],
    [kept, kept],
    [template, header],
    [template, Buffer.alloc(0)],
    [Buffer.alloc(0), kept],
  ] as const)
    expect(() => composeState(one, two)).toThrow(expect.objectContaining({ code: 'lab-checkpoint-failed' }));
});
