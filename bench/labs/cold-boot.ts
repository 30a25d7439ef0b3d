/**
 * The same machine without a template: from its kernel on to the prompt. What labs would cost without warm clones.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from '../../server/config.ts';
import { prepareImage } from '../../server/lab/guest/image.ts';
import { createLabKeys } from '../../server/lab/guest/lab-keys.ts';
import { chooseAccelerator } from '../../server/lab/qemu/accelerator.ts';
import { claimMachine } from '../../server/lab/qemu/claim.ts';
import { openConsole } from '../../server/lab/qemu/console.ts';
import { openGuestAgent } from '../../server/lab/qemu/guest-agent.ts';
import { findQemuHost } from '../../server/lab/qemu/host.ts';
import { type MachineShape, socketNames } from '../../server/lab/qemu/machine.ts';
import { createOverlay, runMachine } from '../../server/lab/qemu/machine-run.ts';
import { socketFolderFor } from '../../server/lab/run-folder.ts';
import { terminalSize, untilPrompt } from './prompt.ts';
import type { World } from './world.ts';

const memoryMb = 1024;
const cpus = 2;
const bootTimeoutMs = 1_200_000;

/** Boots once; milliseconds from starting QEMU to the prompt. */
export async function bootCold({ cacheFolder, dataFolder, spec, signal, buildEnvironment }: World): Promise<number> {
  const waiting = { signal, onProgress: () => {} };
  const labFolder = join(projectFolder, 'lab');
  const image = await prepareImage({ cacheFolder, labFolder, buildEnvironment }, waiting);
  const host = await findQemuHost();
  const accelerator = await chooseAccelerator({ host, kernel: image.kernel, cacheFolder, signal, log: () => {} });
  const shape: MachineShape = { program: host.program, accelerator, memoryMb, cpus, append: image.append };
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(dataFolder, 'cold-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const socketFolder = await socketFolderFor(join(folder, 's'));
  await mkdir(socketFolder, { recursive: true });
  stack.defer(() => rm(socketFolder, { recursive: true, force: true }));
  const keys = await createLabKeys(folder);
  const disk = join(folder, 'disk.qcow2');
  const startedAt = performance.now();
  const name = `tadak-bench ${folder}`;
  await createOverlay(disk, image.disk, name);
  const files = { kernel: image.kernel, initrd: image.initrd, disk, ram: join(folder, 'ram') };
  const machine = { shape, files, name, socketFolder, start: 'boot' } as const;
  const { addresses } = spec;
  const logPath = join(folder, 'qemu.log');
  stack.use(await runMachine({ machine, beneath: [image.disk], addresses, logPath, signal, onTrouble: () => {} }));
  const agent = stack.use(
    await openGuestAgent(join(socketFolder, socketNames.agent), { signal, connectTimeoutMs: 10_000 }),
  );
  while (!(await agent.isAnswering({ signal, timeoutMs: 2_000 })))
    if (performance.now() - startedAt > bootTimeoutMs) throw new Error('the cold boot did not end');
  await claimMachine(agent, keys, { signal });
  const ssh = stack.use(openConsole(socketFolder, keys));
  if (!(await ssh.whenUp({ signal, timeoutMs: bootTimeoutMs }))) throw new Error('no terminal after the cold boot');
  await untilPrompt(await ssh.openPty(terminalSize), signal);
  return performance.now() - startedAt;
}
