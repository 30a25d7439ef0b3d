/** Labs in virtual machines. What takes long with them is in lab-qemu-endurance.slow.test.ts. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isRunning, type ProcessIdentity } from '../../server/host/processes.ts';
import type { Lab, LabProvider } from '../../server/lab/lab.ts';
import { createQemuProvider } from '../../server/lab/qemu/index.ts';
import { cacheFolder } from '../support/vm-cache.ts';
import { openWatched, openWhenBack, owner, run, signal, spec } from './lab-provider.ts';
import { describeLabProvider } from './lab-suite.ts';
import { declareOfflineSupplyTests } from './offline-supply.ts';
import { expectNoWayOut, networkSocketsOf } from './ways-out.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'tadak-vm-'));
const onProgress = () => {};

function make(): LabProvider {
  const labFolder = new URL('../../lab', import.meta.url).pathname;
  const log = (message: string, details?: unknown) => console.log(message, JSON.stringify(details));
  return createQemuProvider({
    dataFolder,
    cacheFolder,
    labFolder,
    allowInternet: false,
    log,
  });
}

const fixture = describeLabProvider({
  make,
  capabilities: [
    'systemd',
    'cgroups',
    'overlay',
    'nm',
    'nat',
    'host-only',
    'firewalld',
    'docker',
    'podman',
    'dnf',
    'hub',
    'debian',
    'reboot',
    'own-kernel',
    'snapshot',
  ],
  parts: ['machine', 'checkpoints', 'onStandstill', 'standBy', 'leave'],
  providerParts: ['memoryMb', 'diskFolders', 'pooling', 'adopt'],
  machine: 'own',
  prepareTimeoutMs: 900_000,
});

afterAll(() => {
  rmSync(dataFolder, { recursive: true, force: true });
});

const provision = (): Promise<Lab> => fixture().provider.provision(spec, owner, { signal, onProgress });

interface RunRecord {
  readonly sockets: string;
  readonly process: ProcessIdentity;
}

function recordOf(lab: Lab): RunRecord {
  return JSON.parse(readFileSync(join(dataFolder, 'run', lab.id, 'lab.json'), 'utf8'));
}

function commandLines(): string[] {
  return execFileSync('ps', ['-e', '-o', 'args'], { encoding: 'utf8' }).split('\n');
}

test('a lab has its own clock, identity and keys, and a root prompt', async () => {
  const script = 'date +%s; cat /etc/machine-id; cat /etc/ssh/ssh_host_ed25519_key.pub; id -un; hostname';
  const first = await run(fixture().lab, script);
  await using other = await provision();
  const second = await run(other, script);
  if (first.kind !== 'exited' || second.kind !== 'exited') throw new Error(JSON.stringify([first, second]));
  const [one = [], two = []] = [first, second].map(({ stdout }) => stdout.split('\n'));
  expect(Math.abs(Number(two[0]) - Date.now() / 1000)).toBeLessThan(15);
  expect(two.slice(3, 5)).toEqual(['root', 'lab']);
  expect([two[1] === one[1], two[2] === one[2]]).toEqual([false, false]);
});

test('no way leads to the host at any of its addresses, to another lab with the same address, or outside', async () => {
  await using other = await provision();
  await expectNoWayOut(fixture().lab, other);
});

test('without leave for the Internet both cards end in this process: QEMU has no network of the host, and no socket of it', () => {
  const { pid } = recordOf(fixture().lab).process;
  const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  const backends = args.filter((_, at) => args[at - 1] === '-netdev').map((text) => JSON.parse(text).type);
  expect(backends).toEqual(['stream', 'stream']);
  expect(args.join(' ')).not.toMatch(/"type":"(user|tap|bridge|socket|vde)"|hostfwd/);
  expect(networkSocketsOf(pid)).toEqual([]);
  expect(fixture().lab.capabilities.has('internet')).toBe(false);
});

declareOfflineSupplyTests(() => fixture().lab);

test('with network, firewall, ssh and name all broken a lab still runs scripts and terminals', async () => {
  await using lab = await provision();
  const breaking =
    'nmcli networking off; systemctl stop firewalld ssh; hostnamectl set-hostname broken; pkill -x sshd; ip -br addr show ens33';
  expect((await run(lab, breaking)).kind).toBe('exited');
  expect(await run(lab, 'hostname')).toMatchObject({ kind: 'exited', stdout: 'broken\n' });
  const terminal = await openWatched(lab);
  terminal.type('echo "on $(hostname)"');
  await terminal.waitFor(/\non broken/);
});

test('a lab survives a reboot by the student', async () => {
  await using lab = await provision();
  await run(lab, 'echo kept >/root/kept; touch /run/before-reboot; sync; systemd-run --on-active=1 systemctl reboot');
  const script = '[ ! -e /run/before-reboot ] && systemctl is-active docker && cat /root/kept';
  const rebooted = async () => {
    const result = await run(lab, script, 20_000);
    return result.kind === 'exited' ? result.stdout : result.kind;
  };
  await expect.poll(rebooted, { timeout: 300_000, interval: 2_000 }).toBe('active\nkept\n');
  const terminal = await openWhenBack(lab);
  terminal.type('echo "back as $(id -un)"');
  await terminal.waitFor(/\nback as root/);
});

test('the usual machine has no SELinux, and says that there is another one', async () => {
  const { lab } = fixture();
  expect(lab.machine).toEqual({ is: 'usual', of: ['usual', 'selinux'] });
  const looked = await run(lab, 'cat /sys/kernel/security/lsm; echo; ls -d /sys/fs/selinux /etc/selinux/config');
  expect(looked).toMatchObject({ kind: 'exited', exitCode: 2, stdout: expect.not.stringContaining('selinux') });
});

test('a machine that dies is told once, and leaves nothing behind', async () => {
  const lab = await provision();
  const { process: identity, sockets } = recordOf(lab);
  const lost: string[] = [];
  lab.onLost((fault) => lost.push(fault.code));
  const terminal = await openWatched(lab);
  process.kill(identity.pid, 'SIGKILL');
  await terminal.exit;
  await expect.poll(() => lost, { timeout: 10_000 }).toEqual(['lab-lost']);
  expect((await run(lab, 'true')).kind).toBe('unreachable');
  await lab[Symbol.asyncDispose]();
  expect([existsSync(join(dataFolder, 'run', lab.id)), existsSync(sockets)]).toEqual([false, false]);
});

test('disposing a lab leaves no process, folder or socket', async () => {
  const lab = await provision();
  const { process: identity, sockets } = recordOf(lab);
  const terminal = await openWatched(lab);
  await lab[Symbol.asyncDispose]();
  await terminal.exit;
  expect(isRunning(identity)).toBe(false);
  expect([existsSync(join(dataFolder, 'run', lab.id)), existsSync(sockets)]).toEqual([false, false]);
  expect(commandLines().filter((line) => line.includes(lab.id) || line.includes(sockets))).toEqual([]);
});

test('a lab that is given up while it starts leaves nothing', async () => {
  const before = readdirSync(join(dataFolder, 'run'));
  const abort = new AbortController();
  const starting = fixture().provider.provision(spec, owner, { signal: abort.signal, onProgress });
  setTimeout(() => abort.abort(new Error('given up')), 400);
  await expect(starting).rejects.toThrow('given up');
  expect(readdirSync(join(dataFolder, 'run'))).toEqual(before);
});

test('a sweep removes what a server that was killed left, and nothing else', async () => {
  const settings = JSON.stringify({ dataFolder, cacheFolder, labFolder: 'lab', allowInternet: false });
  const program = `
    import { createQemuProvider } from './server/lab/qemu/index.ts';
    const provider = createQemuProvider({ ...${settings}, log() {} });
    const options = { signal: new AbortController().signal, onProgress() {} };
    const owner = { learner: 'gone', server: 'killed-server' };
    const lab = await provider.provision(${JSON.stringify(spec)}, owner, options);
    console.log(lab.id);
    setInterval(() => {}, 1000);`;
  const args = ['--input-type=module', '-e', program];
  const cwd = new URL('../..', import.meta.url).pathname;
  const server = spawn('node', args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const id = await new Promise<string>((resolve) =>
    server.stdout.once('data', (bytes) => resolve(String(bytes).trim())),
  );
  const record = JSON.parse(readFileSync(join(dataFolder, 'run', id, 'lab.json'), 'utf8')) as RunRecord;
  server.kill('SIGKILL');
  expect(isRunning(record.process)).toBe(true);
  expect(await fixture().provider.sweep((one) => one.server === owner.server)).toBe(1);
  expect([isRunning(record.process), existsSync(join(dataFolder, 'run', id))]).toEqual([false, false]);
  expect(await run(fixture().lab, 'echo alive')).toMatchObject({ stdout: 'alive\n' });
});
