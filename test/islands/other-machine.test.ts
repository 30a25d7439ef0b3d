import { expect, test } from 'vitest';
import { otherMachine } from '../../src/islands/other-machine.ts';
import type { LabView } from '../../src/protocol/api.ts';

const both = ['usual', 'selinux'] as const;
const running: LabView = { state: 'ready', kind: 'qemu', id: 'a', capabilities: [] };
const usual: LabView = { ...running, machine: { is: 'usual', of: both } };

test("a page offers its lesson's machine when another one runs, in both directions", () => {
  expect(otherMachine('selinux', usual)).toBe('selinux');
  expect(otherMachine('usual', { ...running, machine: { is: 'selinux', of: both } })).toBe('usual');
});

test('nothing is offered where the right machine runs, or none, or no other can be made', () => {
  expect(otherMachine('usual', usual)).toBeUndefined();
  expect(otherMachine('selinux', running)).toBeUndefined();
  expect(otherMachine('selinux', { ...running, machine: { is: 'usual', of: ['usual'] } })).toBeUndefined();
  expect(otherMachine('selinux', { ...usual, state: 'starting' })).toBeUndefined();
  expect(otherMachine('selinux', undefined)).toBeUndefined();
});

test('a page that is no lesson offers nothing', () => {
  expect(otherMachine(undefined, usual)).toBeUndefined();
});
