/** What labs in containers must do, whatever engine runs them: the suite of every kind of lab, isolation, network, end. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import {
  type ContainerHost,
  type ContainerProviderOptions,
  createContainerProvider,
  type EngineName,
  findContainerHost,
  storeFolderIn,
} from '../../server/lab/container/index.ts';
import type { Lab, LabOwner, LabProvider } from '../../server/lab/lab.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import { type Fault, toFault } from '../../src/faults.ts';
import { cacheFolder } from '../support/vm-cache.ts';
import { forkUntilRefused, openWatched, owner, run, signal, spec } from './lab-provider.ts';
import { describeLabProvider } from './lab-suite.ts';
import { declareOfflineSupplyTests } from './offline-supply.ts';
import { expectNoWayOut } from './ways-out.ts';

/** Which engine, and where it is found. */
export interface ContainerLabsOptions {
  readonly engine: EngineName;
  readonly programPath?: string;
}

const environment = { HOME: process.env.HOME ?? '/', XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? '' };
const onProgress = () => {};

/** The engine of this machine, or why there is none. */
async function findHost({ engine, programPath: path }: ContainerLabsOptions): Promise<ContainerHost | Fault> {
  try {
    const storeFolder = storeFolderIn(cacheFolder);
    return await findContainerHost({ storeFolder, environment, engine, ...(path && { path }) }, signal);
  } catch (thrown) {
    return toFault(thrown);
  }
}

/** Declares the suite for labs of one engine; where the machine has it not, a skipped test says why. */
export async function declareContainerLabs(
  options: ContainerLabsOptions,
  declareMore: (labs: Labs) => void = () => {},
): Promise<void> {
  const host = await findHost(options);
  if ('engine' in host) declareMore(declareAll(host, options));
  else {
    console.warn(`container labs are not tested here: ${host.sentence.en}`);
    test.skip(`container labs: ${host.sentence.en}`, () => {});
  }
}

/** What the tests of one engine have in common. */
export interface Labs {
  readonly dataFolder: string;
  readonly storeFolder: string;
  readonly make: (more?: Partial<ContainerProviderOptions>) => LabProvider;
  readonly provision: (server?: string) => Promise<Lab>;
  /** What this machine has that carries the lab's name: containers and processes. */
  readonly existing: (lab: Lab) => Promise<string[]>;
}

function declareAll(host: ContainerHost, { engine, programPath }: ContainerLabsOptions): Labs {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tadak-container-'));
  const make = (more: Partial<ContainerProviderOptions> = {}): LabProvider => {
    const labFolder = new URL('../../lab', import.meta.url).pathname;
    const log = (message: string, details?: unknown) => console.log(message, JSON.stringify(details));
    const shared = { dataFolder, cacheFolder, labFolder, engineEnvironment: environment, log, engine };
    const own = { ...shared, isShared: false, memoryMb: 1024, ...(programPath && { programPath }) };
    return createContainerProvider({ ...own, ...more });
  };
  const fixture = describeLabProvider({
    make,
    capabilities: ['systemd', 'nm', 'nat', 'host-only', 'firewalld', 'docker', 'podman', 'dnf', 'hub', 'debian'],
    dependsOnHost: ['cgroups', 'overlay'],
    parts: ['standBy', 'leave'],
    providerParts: ['memoryMb', 'diskFolders', 'pooling', 'adopt'],
    machine: 'own',
    prepareTimeoutMs: 900_000,
  });
  const provision = (server = owner.server): Promise<Lab> =>
    fixture().provider.provision(spec, { ...owner, server }, { signal, onProgress });
  const existing = async (lab: Lab) => [...(await containersOf(host, lab)), ...processesOf(lab)];
  const labs: Labs = { dataFolder, storeFolder: storeFolderIn(cacheFolder), make, provision, existing };
  declareIsolationTests(() => fixture().lab, labs);
  declareNetworkTests(() => fixture().lab, labs);
  declareOfflineSupplyTests(() => fixture().lab);
  declareEndTests(() => fixture().provider, labs);
  afterAll(async () => {
    await host[Symbol.asyncDispose]();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return labs;
}

async function containersOf({ engine }: ContainerHost, lab: Lab): Promise<string[]> {
  const { stdout } = await engine.run(['ps', '--all', '--format', '{{.Names}}'], { signal });
  return stdout.split('\n').filter((name) => name === `tadak-${lab.id}`);
}

/** Processes on this host that carry the lab's name. */
function processesOf(lab: Lab): string[] {
  return execFileSync('ps', ['-e', '-o', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`tadak-${lab.id}`));
}

/** Standard output of a script that must end well. */
async function outputOf(lab: Lab, script: string): Promise<string> {
  const result = await run(lab, script);
  if (result.kind !== 'exited' || result.exitCode !== 0) throw new Error(JSON.stringify(result));
  return result.stdout;
}

/** Writes small files until it is ended, or long after every limit. */
const writeManyFiles = `python3 -IS -c '
import os
os.mkdir("/root/many")
for n in range(48_000):
    with open(f"/root/many/{n}", "wb") as file:
        file.write(os.urandom(64 * 1024))
'`;

function declareIsolationTests(getLab: () => Lab, { dataFolder, make, provision }: Labs): void {
  test('root of a lab is nobody on the host, and sees neither its files, its engine nor its processes', async () => {
    const lab = getLab();
    const [, first, count] = (await outputOf(lab, 'cat /proc/self/uid_map')).trim().split(/\s+/).map(Number);
    expect([first === 0, count]).toEqual([false, 65_536]);
    const script = `find /run/podman /run/tadak-* ${dataFolder} -type s 2>/dev/null; grep -c " /host" /proc/mounts
      for p in /proc/[0-9]*; do cat $p/cmdline 2>/dev/null | tr '\\0' ' '; done | grep -c vites[t]`;
    expect(await run(lab, script)).toMatchObject({ kind: 'exited', stdout: '0\n0\n' });
  });

  test('what belongs to the host cannot be changed from a lab', async () => {
    const attempts = [
      'date -s 2001-01-01',
      'echo 1 >/proc/sys/kernel/panic',
      'echo b >/proc/sysrq-trigger',
      'mknod /tmp/disk b 254 0 && head -c 1 /tmp/disk',
      'mount -t proc proc /mnt -o hidepid=0 && echo c >/mnt/sysrq-trigger',
      'dmesg',
      'mount -o remount,rw /sys && echo 1 >/sys/kernel/mm/ksm/run',
    ];
    for (const attempt of attempts) {
      const result = await run(getLab(), attempt);
      expect([attempt, result.kind === 'exited' && result.exitCode !== 0]).toEqual([attempt, true]);
    }
  });

  test('a lab that fills its memory or its process table loses processes, its neighbour notices nothing', async () => {
    await using greedy = await provision();
    const neighbour = await openWatched(getLab());
    const eating = run(greedy, 'timeout 30 tail /dev/zero >/dev/null; echo over');
    neighbour.type('echo still-$((40+2))');
    await neighbour.waitFor(/\nstill-42/, 20_000);
    expect(await eating).toMatchObject({ kind: 'exited', stdout: 'over\n' });
    const refused = expect.stringMatching(/^refused after (?:1\d\d\d|20\d\d)\n$/);
    expect(await run(greedy, forkUntilRefused)).toMatchObject({ kind: 'exited', stdout: refused });
    expect(await run(greedy, 'echo back')).toMatchObject({ stdout: 'back\n' });
    neighbour.pty.kill();
  });

  test('a lab that writes many files is ended with its own sentence, its neighbour’s terminal stays usable', async () => {
    await using provider = make({ diskMb: 900 });
    await using greedy = await provider.provision(spec, owner, { signal, onProgress });
    const lost = new Promise<Fault>((resolve) => greedy.onLost(resolve));
    const neighbour = await openWatched(getLab());
    expect(await run(greedy, 'echo here')).toMatchObject({ stdout: 'here\n' });
    const writing = run(greedy, writeManyFiles, 240_000);
    const until = performance.now() + 240_000;
    let keys = 0;
    for (let fault: Fault | undefined; fault === undefined && performance.now() < until; keys += 1) {
      neighbour.type(`echo key-$((${keys} + 0))-`);
      await neighbour.waitFor(new RegExp(`\\nkey-${keys}-`), 20_000);
      fault = await Promise.race([lost, delay(200, undefined)]);
    }
    expect(keys).toBeGreaterThan(0);
    const fault = await Promise.race([lost, undefined]);
    expect([fault?.code, fault?.sentence.en]).toEqual(['lab-disk-limit', expect.stringContaining('its 900 MB')]);
    expect(await writing).toMatchObject({ kind: 'unreachable' });
    expect(await run(getLab(), 'echo here')).toMatchObject({ stdout: 'here\n' });
    neighbour.pty.kill();
  });

  test('one file cannot be larger than the disk limit', async () => {
    const script = 'truncate -s 9000M /tmp/huge; echo $?; rm -f /tmp/huge';
    expect(await run(getLab(), script)).not.toMatchObject({ stdout: '0\n' });
  });
}

function declareNetworkTests(getLab: () => Lab, { provision }: Labs): void {
  test('the network is the class network: address, gateway, names, a page', async () => {
    const script = `ip -4 -o addr show dev ens33 | awk '{print $4}'; ip route show default | awk '{print $3}'
      nmcli -g TYPE,STATE device status | grep -c ^ethernet; ip -br link show ens34 | awk '{print $1}' | cut -d@ -f1
      ping -c 1 -W 3 213.0.113.2 >/dev/null && echo ping; curl -fsS -m 5 http://www.example.com | grep -c connected`;
    const lines = ['213.0.113.128/24', '213.0.113.2', '2', 'ens34', 'ping', '1', ''];
    expect(await run(getLab(), script)).toMatchObject({ kind: 'exited', stdout: lines.join('\n') });
  });

  test('no way leads to the host at any of its addresses, to another lab with the same address, or outside', async () => {
    await using other = await provision();
    await expectNoWayOut(getLab(), other);
  });

  test('with network, firewall, ssh and name all broken a lab still runs scripts and terminals', async () => {
    await using lab = await provision();
    const breaking =
      'nmcli networking off; systemctl stop firewalld ssh; hostnamectl set-hostname broken; pkill -x sshd';
    expect((await run(lab, breaking)).kind).toBe('exited');
    expect(await run(lab, 'hostname')).toMatchObject({ kind: 'exited', stdout: 'broken\n' });
    const terminal = await openWatched(lab);
    terminal.type('echo "on $(hostname)"');
    await terminal.waitFor(/\non broken/);
  });

  test('when its terminal path or its network cards are killed they come back', async () => {
    const lab = getLab();
    await run(lab, 'pkill -KILL tadak-console', 20_000);
    await expect.poll(async () => await run(lab, 'echo back'), { timeout: 30_000 }).toMatchObject({ stdout: 'back\n' });
    await run(lab, 'pkill -KILL -f container-wir[e]');
    const answers = 'for i in $(seq 200); do ping -c 1 -W 1 213.0.113.2 >/dev/null && break; sleep 0.1; done; echo $?';
    await expect.poll(async () => await run(lab, answers), { timeout: 60_000 }).toMatchObject({ stdout: '0\n' });
  });

  test('Docker runs in it: a container answers on its port', async () => {
    const script = `docker run -d --name web -p 8080:80 lab/web:1.0 >/dev/null
      for i in $(seq 100); do curl -fsS -m 2 localhost:8080 && break; sleep 0.1; done
      docker rm -f web >/dev/null; podman run --rm docker-archive:/usr/share/tadak/images.tar:lab/base:1.0 echo podman`;
    expect(await outputOf(getLab(), script)).toMatch(/lab web v1[\s\S]*podman\n$/);
  });
}

function declareEndTests(getProvider: () => LabProvider, { dataFolder, make, provision, existing }: Labs): void {
  test('a lab that switches itself off is lost, said once, and leaves nothing behind', async () => {
    const lab = await provision();
    const faults: Fault[] = [];
    const told = new Promise<void>((resolve) => {
      lab.onLost((fault) => {
        faults.push(fault);
        resolve();
      });
    });
    expect(await existing(lab)).not.toEqual([]);
    await run(lab, 'systemctl poweroff --force --force');
    await told;
    await lab[Symbol.asyncDispose]();
    expect(faults.map(({ code }) => code)).toEqual(['lab-lost']);
    expect(await run(lab, 'true')).toMatchObject({ kind: 'unreachable' });
    expect(await existing(lab)).toEqual([]);
  });

  test('a lab that stood by belongs to its owner once it is claimed, and works as every other', async () => {
    await using lab = await provision();
    const claim = await lab.standBy?.({ signal });
    const next = { ...owner, learner: 'next-learner' as LearnerId };
    await claim?.(next, { signal });
    const record = readFileSync(join(dataFolder, 'container', 'run', lab.id, 'lab.json'), 'utf8');
    expect(JSON.parse(record)).toMatchObject(next);
    const terminal = await openWatched(lab);
    terminal.type('echo "here as $(id -un)"');
    await terminal.waitFor(/\nhere as root/);
  });

  test('a lab that was let go runs on, and the next server takes it over with its network, and ends it', async () => {
    const first = make({ keepsLabs: () => true });
    const left = await first.provision(spec, { ...owner, server: 'dead-server' }, { signal, onProgress });
    await run(left, 'echo one > /root/story; sleep 1000 < /dev/null > /dev/null 2>&1 &');
    await first[Symbol.asyncDispose]();
    expect(await existing(left)).not.toEqual([]);

    const options = { server: owner.server, isGone: (server: string) => server === 'dead-server', signal };
    const adopted = (await getProvider().adopt?.(options)) ?? [];
    expect(adopted.map(({ learner, lab }) => [learner, lab.id])).toEqual([[owner.learner, left.id]]);
    const [{ lab } = { lab: left }] = adopted;
    expect(await getProvider().sweep(({ server }) => server === owner.server)).toBe(0);
    expect(await outputOf(lab, 'cat /root/story; pgrep -c sleep')).toBe('one\n1\n');
    const answers = 'for i in $(seq 200); do ping -c 1 -W 1 213.0.113.2 >/dev/null && break; sleep 0.1; done; echo $?';
    await expect.poll(async () => await run(lab, answers), { timeout: 60_000 }).toMatchObject({ stdout: '0\n' });
    const terminal = await openWatched(lab);
    terminal.type('echo "new=$((40 + 2))"');
    await terminal.waitFor(/new=42/);
    expect([...lab.capabilities].sort()).toEqual([...left.capabilities].sort());
    await lab[Symbol.asyncDispose]();
    expect(await existing(lab)).toEqual([]);
    expect(await getProvider().adopt?.(options)).toEqual([]);
  });

  test('what is left of a lab that no provider knows is swept, though its server lives; labs that are known stay', async () => {
    const forgetful = make();
    const left = await forgetful.provision(spec, owner, { signal, onProgress });
    const isOwned = ({ server }: LabOwner, isKnown: boolean) => server === owner.server && isKnown;
    await using kept = await provision();
    expect(await getProvider().sweep(isOwned)).toBe(1);
    // The provider that forgot it still clears up what it saw end.
    await expect.poll(() => existing(left), { timeout: 30_000 }).toEqual([]);
    expect(await run(kept, 'echo here')).toMatchObject({ stdout: 'here\n' });
    await forgetful[Symbol.asyncDispose]();
  });

  test('a sweep removes the labs of dead servers and nothing else', async () => {
    const orphan = await provision('dead-server');
    await using kept = await provision();
    expect(await getProvider().sweep(({ server }) => server === owner.server)).toBe(1);
    expect(await run(kept, 'echo here')).toMatchObject({ stdout: 'here\n' });
    await orphan[Symbol.asyncDispose]();
    expect(await existing(orphan)).toEqual([]);
  });
}
