import { expect, test } from 'vitest';
import { buildRunArguments } from '../../../../server/lab/container/run-arguments.ts';
import type { LearnerId } from '../../../../src/course/ids.ts';

const build = (openFiles = 1_000_000) =>
  buildRunArguments({
    ...{ id: 'ab12', home: 'h', image: 'localhost/tadak-lab:1', program: '/start', idMap: '0:1:65536' },
    owner: { learner: 'kim' as LearnerId, server: '12-34' },
    limitArguments: ['--memory', '512m'],
    diskMb: 100,
    hardLimits: { openFiles, processes: 1000 },
  });

/** The values that follow each occurrence of a flag. */
const valuesOf = (args: readonly string[], flag: string) => args.filter((_, index) => args[index - 1] === flag);

test('a lab gets a user namespace, no network of the engine, its limits, and the image’s first program', () => {
  const args = build();
  expect(valuesOf(args, '--uidmap')).toEqual(['0:1:65536']);
  expect(valuesOf(args, '--gidmap')).toEqual(['0:1:65536']);
  expect(valuesOf(args, '--network')).toEqual(['none']);
  expect(valuesOf(args, '--memory')).toEqual(['512m']);
  expect(args.slice(-2)).toEqual(['localhost/tadak-lab:1', '/start']);
});

test('nothing of the host comes in: no privileges, no system call filter taken off, volumes of the engine only', () => {
  const args = build();
  expect(args).not.toContain('--privileged');
  expect(valuesOf(args, '--security-opt')).toEqual(['unmask=ALL']);
  expect(valuesOf(args, '--volume').filter((volume) => volume.includes(':'))).toEqual([]);
  expect(args.some((arg) => /sock|--device|--pid|--ipc/.test(arg))).toBe(false);
  expect(valuesOf(args, '--cap-drop')[0]).toMatch(/SYS_MODULE.*SYS_TIME/);
});

test('its owner can be read off it', () => {
  expect(valuesOf(build(), '--label')).toEqual(['tadak.home=h', 'tadak.learner=kim', 'tadak.server=12-34']);
});

test('no limit is asked for that this process has not got itself', () => {
  expect(valuesOf(build(4096), '--ulimit')).toEqual([
    'nofile=4096:4096',
    'fsize=104857600:104857600',
    'nproc=1000:1000',
    'core=0:0',
  ]);
});
