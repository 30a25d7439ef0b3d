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
import { installLineFor } from '../../host/install-line.ts';
import { programPath } from '../../host/programs.ts';

/** The QEMU of this host. */
export interface QemuHost {
  /** Full path. */
  readonly program: string;
  /** First line of `--version`: a template can be resumed by the very same QEMU only. */
  readonly version: string;
}

const packages = ['qemu-system-x86', 'qemu-utils', 'openssh-client', 'socat'];
/** The first version with the `stream` network device. */
const oldest = { major: 7, minor: 2 } as const;
const run = promisify(execFile);

/** Finds QEMU and the programs around it in `path`. Throws Fault `lab-no-qemu`, which says what to install. */
export async function findQemuHost(path: string = programPath): Promise<QemuHost> {
  const program = await requireProgram('qemu-system-x86_64', path);
  for (const other of ['qemu-img', 'ssh', 'ssh-keygen', 'socat']) await requireProgram(other, path);
  // Root has it run by somebody else: `confinement.ts`.
  if (process.getuid?.() === 0) await requireProgram('perl', path, ['perl']);
  const { stdout } = await run(program, ['--version']).catch((cause: unknown) => {
    throw noQemu(program, cause);
  });
  const version = stdout.split('\n')[0] ?? '';
  const [, major = 0, minor = 0] = (/version (\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  if (major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    throw noQemu(`qemu-system-x86_64 ≥ ${oldest.major}.${oldest.minor} (${program}: ${major}.${minor})`);
  }
  return { program, version };
}

/** The fault that says how to get `program`, which QEMU labs need, on this machine. */
export function noQemu(program: string, cause?: unknown, from: readonly string[] = packages): Fault {
  return new Fault('lab-no-qemu', { program, fix: installLineFor(from) }, { cause });
}

async function requireProgram(name: string, path: string, from = packages): Promise<string> {
  for (const folder of path.split(delimiter)) {
    const program = join(folder, name);
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return program;
  }
  throw noQemu(name, undefined, from);
}
