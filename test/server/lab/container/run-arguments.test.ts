import { expect, test } from 'vitest';
import { buildDockerArguments, buildPodmanArguments } from '../../../../server/lab/container/run-arguments.ts';
import { systemCallProfile } from '../../../../server/lab/container/system-calls.ts';
import type { LearnerId } from '../../../../src/course/ids.ts';

const options = (openFiles = 1_000_000) => ({
  ...{ id: 'ab12', home: 'h', image: 'localhost/tadak-lab:1', program: '/start' },
  owner: { learner: 'kim' as LearnerId, server: '12-34' },
  limitArguments: ['--memory', '512m'],
  diskMb: 100,
  hardLimits: { openFiles, processes: 1000 },
});
const byPodman = (openFiles?: number) => buildPodmanArguments(options(openFiles), '0:1:65536');
const byDocker = () => buildDockerArguments(options(), '/store/calls.json');

/** The values that follow each occurrence of a flag. */
const valuesOf = (args: readonly string[], flag: string) => args.filter((_, index) => args[index - 1] === flag);

test('a lab gets a user namespace, no network of the engine, its limits, and the image’s first program', () => {
  expect(valuesOf(byPodman(), '--uidmap')).toEqual(['0:1:65536']);
  expect(valuesOf(byPodman(), '--gidmap')).toEqual(['0:1:65536']);
  for (const args of [byPodman(), byDocker()]) {
    expect(valuesOf(args, '--network')).toEqual(['none']);
    expect(valuesOf(args, '--memory')).toEqual(['512m']);
    expect(args.slice(-2)).toEqual(['localhost/tadak-lab:1', '/start']);
  }
});

test('nothing of the host comes in: no privileges, a system call filter, volumes of the engine only', () => {
  for (const args of [byPodman(), byDocker()]) {
    expect(args).not.toContain('--privileged');
    expect(valuesOf(args, '--volume').filter((volume) => volume.includes(':'))).toEqual([]);
    expect(args.some((arg) => /sock|--device|--pid$|--ipc|userns/.test(arg))).toBe(false);
    expect(valuesOf(args, '--cap-drop')).toEqual(['ALL']);
    const granted = valuesOf(args, '--cap-add');
    expect(granted).toContain('SYS_ADMIN');
    for (const right of ['SYS_MODULE', 'SYS_TIME', 'SYS_RAWIO', 'SYSLOG', 'BPF', 'MAC_ADMIN', 'ALL'])
      expect(granted).not.toContain(right);
  }
  expect(valuesOf(byPodman(), '--security-opt')).toEqual(['unmask=ALL']);
  expect(valuesOf(byDocker(), '--security-opt')).toContain('seccomp=/store/calls.json');
});

test('Docker’s filter refuses what changes the kernel, and lets Docker in the lab have its keyring', () => {
  const { names } = systemCallProfile.syscalls[0];
  for (const call of ['init_module', 'kexec_load', 'clock_settime', 'bpf', 'open_by_handle_at', 'syslog'])
    expect(names).toContain(call);
  expect(names).not.toContain('keyctl');
});

test('its owner can be read off it', () => {
  expect(valuesOf(byDocker(), '--label')).toEqual(['tadak.home=h', 'tadak.learner=kim', 'tadak.server=12-34']);
});

test('no limit is asked for that this process has not got itself', () => {
  expect(valuesOf(byPodman(4096), '--ulimit')).toEqual([
    'nofile=4096:4096',
    'fsize=104857600:104857600',
    'nproc=1000:1000',
    'core=0:0',
  ]);
});
