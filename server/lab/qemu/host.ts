/**
 * The QEMU of this host and the programs around it.
 * Knows nothing about images or labs.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../../../src/faults.ts';
import { programPath } from '../../host/programs.ts';

/** The QEMU of this host. */
export interface QemuHost {
  /** Full path. */
  readonly program: string;
  /** First line of `--version`: a template can be resumed by the very same QEMU only. */
  readonly version: string;
}

const install = 'apt-get install -y --no-install-recommends qemu-system-x86 qemu-utils openssh-client socat';
/** The first version with the `stream` network device. */
const oldest = { major: 7, minor: 2 } as const;
const run = promisify(execFile);

/** Finds QEMU and the programs around it. Throws a Fault that says what to install. */
export async function findQemuHost(): Promise<QemuHost> {
  const program = await requireProgram('qemu-system-x86_64');
  for (const other of ['qemu-img', 'ssh', 'ssh-keygen', 'socat']) await requireProgram(other);
  // Root has it run by somebody else: `confinement.ts`.
  if (process.getuid?.() === 0) await requireProgram('perl', 'apt-get install -y perl');
  const { stdout } = await run(program, ['--version']).catch((cause: unknown) => {
    throw new Fault('lab-no-qemu', { program, fix: install }, { cause });
  });
  const version = stdout.split('\n')[0] ?? '';
  const [, major = 0, minor = 0] = (/version (\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    const needed = `${oldest.major}.${oldest.minor}`;
    throw new Fault('lab-no-qemu', { program: `${program} ${major}.${minor}, ≥ ${needed}`, fix: install });
  }
  return { program, version };
}

async function requireProgram(name: string, fix = install): Promise<string> {
  for (const folder of programPath.split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new Fault('lab-no-qemu', { program: name, fix });
}
