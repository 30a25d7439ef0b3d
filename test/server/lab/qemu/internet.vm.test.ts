/**
 * What a real QEMU makes of the operator's leave for the Internet. Its processors never start, so no guest runs and no packet
 * leaves.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { prepareImage } from '../../../../server/lab/guest/image.ts';
import { closeFolders, giveFile, letIn } from '../../../../server/lab/qemu/confinement.ts';
import { findQemuHost } from '../../../../server/lab/qemu/index.ts';
import { buildMachineArguments, type MachineOptions, socketNames } from '../../../../server/lab/qemu/machine.ts';
import { startQemu } from '../../../../server/lab/qemu/qemu-process.ts';
import { openQmp } from '../../../../server/lab/qemu/qmp.ts';
import { networkSocketsOf } from '../../../contract/ways-out.ts';
import { cacheFolder } from '../../../support/vm-cache.ts';

const { signal } = new AbortController();
const labFolder = fileURLToPath(new URL('../../../../lab', import.meta.url));

/** What a QEMU that never runs its guest says of its network, and the sockets of the host that it holds. */
async function networkOf(
  change: Partial<MachineOptions>,
): Promise<{ readonly said: string; readonly sockets: unknown }> {
  const image = await prepareImage({ cacheFolder, labFolder }, { signal, onProgress: () => {} });
  const { program } = await findQemuHost();
  const folder = await mkdtemp(join(tmpdir(), 'tadak-net-'));
  const disk = join(folder, 'disk.qcow2');
  execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', disk, '64M']);
  const options: MachineOptions = {
    shape: { program, accelerator: 'tcg', memoryMb: 256, cpus: 1, append: image.append },
    files: { kernel: image.kernel, initrd: image.initrd, disk, ram: join(folder, 'ram') },
    ...{ name: 'never-runs', socketFolder: folder, start: 'boot' },
    ...change,
  };
  try {
    const args = [...buildMachineArguments(options), '-S'];
    const { name, internetSubnet } = options;
    const files = { folders: [folder], files: [image.kernel, image.initrd], ours: [] };
    const needs = { name, ...files, hasNetwork: internetSubnet !== undefined, hasKvm: false };
    await letIn(needs);
    await giveFile(disk, name);
    await using qemu = await startQemu({ program, args, needs, logPath: join(folder, 'log') });
    using qmp = await openQmp(join(folder, socketNames.qmp), { signal, connectTimeoutMs: 60_000 });
    await closeFolders(needs);
    expect(await qmp.command('query-status')).toMatchObject({ running: false });
    const ask = async (line: string) =>
      String(await qmp.command('human-monitor-command', { 'command-line': line })).replaceAll('\r', '');
    return {
      said: `${await ask('info network')}${await ask('info usernet')}`,
      sockets: networkSocketsOf(qemu.identity.pid),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('as it comes, a machine has two wires of ours and no network of the host', async () => {
  const { said, sockets } = await networkOf({});
  expect(said).toMatch(/nat: index=0,type=stream/);
  expect(said).toMatch(/hostonly: index=0,type=stream/);
  expect(said).not.toMatch(/type=user|Hub|VLAN/);
  expect(sockets).toEqual([]);
});

test("with the operator's leave the NAT network alone is QEMU's own, with the course's addresses; nothing leads in from the host", async () => {
  const { said, sockets } = await networkOf({ internetSubnet: '213.0.113.0/24' });
  expect(said).toMatch(/nat: index=0,type=user,net=213\.0\.113\.0,restrict=off/);
  expect(said).toMatch(/hostonly: index=0,type=stream/);
  expect(said).not.toMatch(/HOST_FORWARD/);
  expect(sockets).toEqual([]);
});
