/**
 * Hardware virtualisation or software emulation: decided by running a guest, for a `/dev/kvm` that can be opened does not
 * always run one (a virtual machine inside a virtual machine, a processor that QEMU does not know).
 * Knows nothing about labs.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programPath } from '../../host/programs.ts';
import { type ImageOptions, imageFolderOf, loadImage } from '../guest/image.ts';
import { confine, findKeeper, letIn } from './confinement.ts';
import { findQemuHost, type QemuHost } from './host.ts';
import { type Accelerator, acceleratorArguments } from './machine.ts';

/** What the choice is made from. */
export interface ChooseAcceleratorOptions {
  readonly host: QemuHost;
  /** A kernel to boot. */
  readonly kernel: string;
  /** The answer is kept here until the host is restarted. */
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
  /** The device; another path only in tests. */
  readonly device?: string;
}

/**
 * A kernel without a disk gives up after a second or two under hardware virtualisation and restarts, upon which QEMU
 * ends. A guest that hangs never gets there.
 */
const probeTimeoutMs = 20_000;
const probeAppend = 'quiet panic=-1 root=/dev/none';
const probeMemoryMb = 256;
const recordName = 'accelerator.json';

/** Decides. Never throws for what the host cannot do: the answer is then `tcg`. */
export async function chooseAccelerator(options: ChooseAcceleratorOptions): Promise<Accelerator> {
  const { host, cacheFolder, log, device = '/dev/kvm' } = options;
  if (!(await mayOpen(device))) return 'tcg';
  const path = join(cacheFolder, recordName);
  // Who may not open the device where the server may: an earlier version tried it as the server.
  const as = await findKeeper().catch(() => 'none');
  const asked = { boot: await bootId(), qemu: host.version, kernel: options.kernel, as };
  const known = await recall(path, asked);
  if (known !== undefined) return known;
  const failure = await probe(options);
  options.signal.throwIfAborted();
  const accelerator = failure === undefined ? 'kvm' : 'tcg';
  if (failure !== undefined) log('KVM can be opened but runs no guest: labs are emulated in software', { failure });
  await writeFile(path, JSON.stringify({ ...asked, accelerator })).catch(() => {}); // It is asked again next time.
  return accelerator;
}

async function mayOpen(device: string): Promise<boolean> {
  return access(device, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
}

/**
 * What this host can do, as far as it is known: a guest is run only with an image that is there already. `broken`: the
 * device opens and runs no guest. Throws a Fault without QEMU.
 */
export async function examineAccelerator(
  options: ImageOptions & Pick<ChooseAcceleratorOptions, 'signal' | 'device'>,
): Promise<'kvm' | 'broken' | 'untried' | 'none'> {
  const { cacheFolder, signal, device = '/dev/kvm' } = options;
  if (!(await mayOpen(device))) return 'none';
  const image = await loadImage(await imageFolderOf(options)).catch(() => undefined);
  if (image === undefined) return 'untried';
  const { kernel } = image;
  const host = await findQemuHost();
  const accelerator = await chooseAccelerator({ host, kernel, cacheFolder, signal, device, log: () => {} });
  return accelerator === 'kvm' ? 'kvm' : 'broken';
}

/** Boots the kernel until it gives up, as whoever runs labs. Answers with what went wrong. */
async function probe({ host, kernel, cacheFolder, signal }: ChooseAcceleratorOptions): Promise<string | undefined> {
  const args = [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot', '-machine', 'q35'],
    ...acceleratorArguments('kvm'),
    ...['-m', `${probeMemoryMb}M`, '-kernel', kernel, '-append', probeAppend],
  ];
  const options = { signal, timeout: probeTimeoutMs, killSignal: 'SIGKILL', env: { PATH: programPath } } as const;
  const files = { folders: [], files: [kernel], ours: [cacheFolder] };
  const needs = { name: `tadak-probe ${kernel}`, ...files, hasNetwork: false, hasKvm: true };
  await letIn(needs);
  const command = await confine(host.program, args, needs);
  return new Promise((resolve) => {
    execFile(command.file, command.args, options, (error, _stdout, stderr) => {
      if (error === null) resolve(undefined);
      else resolve(error.killed ? `no end after ${probeTimeoutMs / 1000} s` : stderr.trim().slice(-400));
    });
  });
}

async function recall(path: string, asked: Readonly<Record<string, string>>): Promise<Accelerator | undefined> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as Readonly<Record<string, unknown>>;
    if (Object.entries(asked).some(([name, value]) => record[name] !== value)) return undefined;
    return record['accelerator'] === 'kvm' ? 'kvm' : 'tcg';
  } catch {
    return undefined;
  }
}

async function bootId(): Promise<string> {
  return readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => 'unknown',
  );
}
