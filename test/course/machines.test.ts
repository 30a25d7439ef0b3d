import { expect, test } from 'vitest';
import { machineFor, machines } from '../../src/course/machines.ts';
import { startStates } from '../../src/course/schema.ts';

test('a start state that names a machine begins on it, every other on the usual one', () => {
  expect(machineFor('selinux')).toBe('selinux');
  for (const start of startStates.filter((state) => state !== 'selinux')) expect(machineFor(start)).toBe('usual');
  expect(machineFor('no such state')).toBe('usual');
});

test('every machine but the usual one is a start state that lessons can name', () => {
  expect(startStates).toEqual(expect.arrayContaining(machines.filter((machine) => machine !== 'usual')));
});
