/** Why a step is only for reading, and where it can be done, in words. */
import { expect, test } from 'vitest';
import { capabilities, capabilityHomes, homesOf } from '../../src/course/capabilities.ts';
import { isForReading, nameNeeds, whereToDo } from '../../src/course/reading.ts';

test('a step can be done where all that it needs is', () => {
  expect(homesOf(['docker'])).toEqual(['qemu', 'container', 'ssh']);
  expect(homesOf(['docker', 'cgroups'])).toEqual(['qemu', 'container-kernel', 'ssh']);
  expect(homesOf(['selinux'])).toEqual(['qemu-selinux', 'qemu-el9', 'qemu-el10', 'ssh']);
  expect(homesOf(['dnf', 'el8'])).toEqual(['ssh']);
  expect(homesOf(['debian', 'internet'])).toEqual(['qemu-internet', 'ssh']);
});

test('every capability is to be had somewhere, and is said in both languages without its id', () => {
  for (const name of capabilities) {
    expect(capabilityHomes[name].length, name).toBeGreaterThan(0);
    expect(whereToDo([name]).ko).toMatch(/^해 볼 수 있는 곳: .+\.$/);
    expect(whereToDo([name]).en).toMatch(/^It can be done on: .+\.$/);
  }
  expect(nameNeeds(['own-kernel', 'cgroups'], 'ko')).toBe('자기 커널, 컨트롤 그룹 제한');
  expect(nameNeeds(['own-kernel', 'cgroups'], 'en')).toBe('own kernel, limits by control groups');
  expect(isForReading('SELinux').ko).toContain('없는 것: SELinux. 그래서 이 단계는 읽기만 해요.');
});

test('what no kind of lab has together is said so', () => {
  expect(homesOf(['el9', 'el10', 'snapshot'])).toEqual([]);
  expect(whereToDo(['el9', 'el10', 'snapshot']).en).toBe('No kind of lab has all that this step needs.');
});
