/**
 * A lab whose terminals run a given program on this machine: nothing is protected, so it is refused in
 * production. Knows nothing about sockets.
 */
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import type { Lab } from '../../server/lab/lab.ts';
import { spawnPty } from '../../server/lab/node-pty.ts';
import type { LabId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';

/** What a terminal runs. */
export interface Program {
  readonly program: string;
  readonly args: readonly string[];
}

/** The environment of every measured server's program, so that all run the same. */
export const programEnvironment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: tmpdir(),
  LANG: 'C.UTF-8',
  TERM: 'xterm-256color',
};

/** Makes the lab. Throws Fault `lab-kind-refused` in production. */
export function createProgramLab(
  { program, args }: Program,
  { production }: { readonly production: boolean },
): Pick<Lab, 'id' | 'openPty'> {
  if (production) {
    const detail = '개발과 측정 전용이에요. (for development and measuring only)';
    throw new Fault('lab-kind-refused', { kind: program, detail });
  }
  return {
    id: randomUUID() as LabId,
    openPty: async (size, { signal }) => {
      signal.throwIfAborted();
      return spawnPty(program, args, { size, env: programEnvironment, cwd: tmpdir() });
    },
  };
}
