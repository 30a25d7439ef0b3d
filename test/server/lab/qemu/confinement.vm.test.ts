/** A server that is root runs each lab's QEMU as a user without rights, who sees and reaches nothing but the lab's own. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ProcessIdentity } from '../../../../server/host/processes.ts';
import type { Lab } from '../../../../server/lab/lab.ts';
import { findKeeper } from '../../../../server/lab/qemu/index.ts';
import { owner, spec } from '../../../contract/lab-provider.ts';
import { cacheFolder } from '../../../support/vm-cache.ts';
import { createVmProvider, type VmProvider } from '../../../support/vm-provider.ts';

const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };
const isRoot = process.getuid?.() === 0;

async function run(lab: Lab, script: string): Promise<string> {
  const result = await lab.exec(script, { signal, timeoutMs: 120_000 });
  if (result.kind !== 'exited') throw new Error(`${script}: ${JSON.stringify(result)}`);
  return `${result.stdout}${result.stderr}`.trim();
}

interface Machine {
  readonly pid: number;
  readonly uid: number;
  readonly folder: string;
  readonly sockets: string;
  /** The line of /proc/PID/status. */
  status(name: string): string;
}

function machineOf({ dataFolder }: VmProvider, { id }: Lab): Machine {
  const folder = join(dataFolder, 'run', id);
  const record = JSON.parse(readFileSync(join(folder, 'lab.json'), 'utf8')) as {
    readonly sockets: string;
    readonly process: ProcessIdentity;
  };
  const { pid } = record.process;
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const status = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1]?.trim() ?? '';
  return { pid, uid: Number(status('Uid').split('\t')[0]), folder, sockets: record.sockets, status };
}

/** What a shell says that is the same user as a machine, and like it has no rights, but sees all of this computer. */
function as(uid: number, script: string): string {
  const nobody = [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs'];
  return execFileSync('setpriv', [...nobody, 'sh', '-c', `exec 2>&1; ${script}`, 'sh'], { encoding: 'utf8' }).trim();
}

/** The same, with the machine's own view. */
function inViewOf({ pid, uid }: Machine, script: string): string {
  const enter = [
    '--target',
    String(pid),
    '--mount',
    '--net',
    '--ipc',
    '--setuid',
    String(uid),
    '--setgid',
    String(uid),
  ];
  return execFileSync('nsenter', [...enter, 'sh', '-c', `exec 2>&1; ${script}`, 'sh'], { encoding: 'utf8' }).trim();
}

const connect = (path: string) => `socat -u OPEN:/dev/null UNIX-CONNECT:${path} && echo connected`;

test.skipIf(!isRoot)(
  'QEMU has a user of its own for each lab, without capabilities, in two sandboxes, and still so after going back (needs root)',
  async () => {
    await using world = await createVmProvider();
    await using lab = await world.provider.provision(spec, owner, waiting);
    await using other = await world.provider.provision(spec, { ...owner, learner: 'other' as never }, waiting);
    const [machine, neighbour] = [machineOf(world, lab), machineOf(world, other)];
    expect(machine.uid).not.toBe(neighbour.uid);
    const requireConfined = ({ uid, status }: Machine) => {
      expect(uid).toBeGreaterThan(60_000);
      for (const name of ['Uid', 'Gid']) expect(status(name)).toBe(Array(4).fill(uid).join('\t'));
      expect(status('Groups')).toBe(String(uid));
      for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) expect(status(set)).toMatch(/^0+$/);
      expect(status('NoNewPrivs')).toBe('1');
      expect(status('Seccomp')).toBe('2');
    };
    requireConfined(machine);
    requireConfined(neighbour);

    await run(lab, 'echo one > /root/story');
    const kept = await lab.checkpoints?.save(signal);
    await run(lab, 'echo two >> /root/story');
    // As if an earlier server had run it as root.
    for (const name of ['qmp', 'qga', 'con', 'nat', 'host']) chownSync(join(machine.sockets, name), 0, 0);
    await lab.checkpoints?.restore(kept?.id ?? '', waiting);
    expect(await run(lab, 'cat /root/story')).toBe('one');
    const again = machineOf(world, lab);
    requireConfined(again);
    expect([again.pid === machine.pid, again.uid]).toEqual([false, machine.uid]);

    // A student's machine begins anew; its QEMU is the same.
    const readBootId = 'cat /proc/sys/kernel/random/boot_id';
    const before = await run(other, readBootId);
    await run(other, 'sync; systemd-run --on-active=1 systemctl reboot');
    const bootId = async () => {
      const result = await other.exec(readBootId, { signal, timeoutMs: 10_000 });
      return result.kind === 'exited' && result.exitCode === 0 ? result.stdout.trim() : before;
    };
    await expect.poll(bootId, { timeout: 600_000, interval: 2_000 }).not.toBe(before);
    expect(machineOf(world, other).pid).toBe(neighbour.pid);
    requireConfined(machineOf(world, other));
  },
);

test.skipIf(!isRoot)(
  'nobody else reaches a lab’s folder, its sockets or its QEMU; QEMU itself writes to nothing that others use (needs root)',
  async () => {
    await using world = await createVmProvider();
    await using lab = await world.provider.provision(spec, owner, waiting);
    await using other = await world.provider.provision(spec, { ...owner, learner: 'other' as never }, waiting);
    await lab.checkpoints?.save(signal);
    const [machine, neighbour] = [machineOf(world, lab), machineOf(world, other)];
    const { folder, sockets, pid, uid } = machine;

    // The folder is root's, the machine's group finds in it what it knows the name of; keys and records are root's alone.
    for (const path of new Set([folder, sockets])) {
      const { uid: owned, gid, mode } = statSync(path);
      expect([owned, gid, (mode & 0o777).toString(8)]).toEqual([0, uid, '710']);
    }
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const { uid: owned, mode } = statSync(join(folder, name));
      if (owned === uid) expect(name).toMatch(/^(disk|c\d+)\.qcow2$|^c\d+\.devices$|^(qmp|qga|con|nat|host)$/);
      else expect([name, owned]).toEqual([name, 0]);
      // ssh-keygen lets everybody read the public halves.
      if (!name.endsWith('.pub')) expect([name, mode & 0o077]).toEqual([name, 0]);
    }
    for (const name of ['qmp', 'qga', 'con', 'nat', 'host']) {
      const { uid: owned, mode } = statSync(join(sockets, name));
      expect([name, owned, mode & 0o077]).toEqual([name, uid, 0]);
    }

    // Whatever folders above let through: another lab's QEMU gets neither into the folder nor to a socket nor at the memory.
    chmodSync(world.dataFolder, 0o711);
    chmodSync(join(world.dataFolder, 'run'), 0o711);
    const mine = as(uid, `head -c 3 ${folder}/disk.qcow2; echo; ${connect(`${sockets}/qmp`)}`);
    expect(mine).toBe('QFI\nconnected');
    const stranger = [`ls ${folder}`, `cat ${folder}/disk.qcow2`, connect(`${sockets}/qmp`), `cat /proc/${pid}/maps`];
    for (const script of stranger) expect(as(neighbour.uid, `${script} || :`)).toMatch(/denied/);
    for (const name of ['client', 'lab.json', 'c1.memory'])
      expect(as(uid, `cat ${folder}/${name} || :`)).toMatch(/denied/);
    // Nor can it put anything where this server expects its own.
    expect(as(uid, `rm -f ${sockets}/qga; ln -s /etc ${folder}/x; :`)).toMatch(/denied.*denied/s);

    // The template: mapped, but not open for writing, by any descriptor.
    const { content } = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8')) as {
      readonly content: {
        readonly template: { readonly ram: string; readonly disk: string; readonly image: { readonly disk: string } };
      };
    };
    const { ram, disk, image } = content.template;
    const flags = readdirSync(`/proc/${pid}/fdinfo`).flatMap((name) => {
      const target = execFileSync('readlink', [`/proc/${pid}/fd/${name}`], { encoding: 'utf8' }).trim();
      const octal = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${name}`, 'utf8'))?.[1] ?? '';
      return [ram, disk, image.disk].includes(target) ? [{ target, access: Number.parseInt(octal, 8) & 3 }] : [];
    });
    expect(flags.map(({ target }) => target)).toEqual(expect.arrayContaining([ram]));
    expect(flags.filter(({ access }) => access !== 0)).toEqual([]);
    chmodSync(cacheFolder, 0o711);
    for (const path of [ram, disk, image.disk]) expect(as(uid, `(: >> ${path}) || :`)).toMatch(/denied/);
  },
);

test.skipIf(!isRoot || (await findKeeper()) !== 'nobody-with-view')(
  'what QEMU sees of this computer is programs, settings and its own files; it has no network (needs root)',
  async () => {
    await using world = await createVmProvider();
    await using lab = await world.provider.provision(spec, owner, waiting);
    await using other = await world.provider.provision(spec, { ...owner, learner: 'other' as never }, waiting);
    const machine = machineOf(world, lab);
    const see = (script: string) => inViewOf(machine, script);
    expect(see('for d in proc sys run home var boot; do test -e /$d && echo $d; done; :')).toBe('');
    expect(see(`ls ${join(world.dataFolder, 'run')}`)).toBe(lab.id);
    expect(see(`ls ${machineOf(world, other).folder} || :`)).toMatch(/No such file/);
    expect(see('ls /dev').split('\n')).toEqual(expect.arrayContaining(['null', 'urandom']));
    expect(see('ls /dev')).not.toMatch(/sd|vd|mem|disk|tty/);
    expect(see('socat -u OPEN:/dev/null TCP:127.0.0.1:1 || :')).toMatch(/unreachable/);
    // No way to more: nothing can be made at the root, nor mounted.
    expect(see('mkdir /x || :')).toMatch(/denied/);
  },
);
