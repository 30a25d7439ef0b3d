import { expect, test } from 'vitest';
import { type HostFacts, pickLabKind } from '../../../server/lab/pick-kind.ts';

const laptop: HostFacts = {
  accelerator: 'none',
  isLoopback: true,
  container: 'usable',
  containerRunsEveryLesson: true,
};

test('KVM decides for virtual machines, whatever else there is', () => {
  for (const accelerator of ['kvm', 'untried'] as const) {
    const picked = pickLabKind({ ...laptop, accelerator });
    expect([picked.kind, picked.why.en]).toEqual(['qemu', expect.stringContaining('KVM can be')]);
  }
});

test('one person without KVM gets containers where they work', () => {
  expect(pickLabKind(laptop).kind).toBe('container');
});

test('a server that others reach, a missing Podman, or lessons that containers cannot run: emulation, each with its reason', () => {
  const others = pickLabKind({ ...laptop, isLoopback: false });
  const without = pickLabKind({ ...laptop, container: 'unusable' });
  const lessons = pickLabKind({ ...laptop, container: 'untried', containerRunsEveryLesson: false });
  expect([others, without, lessons].map(({ kind }) => kind)).toEqual(['qemu', 'qemu', 'qemu']);
  expect(new Set([others, without, lessons].map(({ why }) => why.ko)).size).toBe(3);
  expect(lessons.why.en).toContain('--lab container');
});
