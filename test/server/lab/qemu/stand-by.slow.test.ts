import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRunning, type ProcessIdentity } from '../../../../server/host/processes.ts';
import type { Lab } from '../../../../server/lab/lab.ts';
import { createLabPool, type LabPool } from '../../../../server/lab/lab-pool.ts';
import { openWatched, owner, run, signal, spec } from '../../../contract/lab-provider.ts';
import { createVmProvider, type VmProvider } from '../../../support/vm-provider.ts';

const quietly = { signal, onProgress: () => {} };
/** Longer than a silent connection lives. */
const longWaitMs = 40_000;
let vm: VmProvider;
let pool: LabPool;

beforeAll(async () => {
  vm = await createVmProvider();
  const { pooling } = vm.provider;
  if (pooling === undefined) throw new Error('virtual machines cannot be pooled');
  const { server } = owner;
  pool = createLabPool(vm.provider, { pooling, size: 1, maxLabs: 2, spec, server, log: console.log, restMs: 0 });
  await pool.prepare(quietly);
});
afterAll(async () => {
  await pool[Symbol.asyncDispose]();
  await vm[Symbol.asyncDispose]();
});

interface RunRecord {
  readonly id: string;
  readonly learner: string;
  readonly sockets: string;
  readonly process: ProcessIdentity;
}

const recordOf = (id: string): RunRecord =>
  JSON.parse(readFileSync(join(vm.dataFolder, 'run', id, 'lab.json'), 'utf8')) as RunRecord;

/** The lab that stands by, when there is one other than `not`. */
async function whenReady(not?: Lab): Promise<RunRecord> {
  await expect.poll(() => pool.ready, { timeout: 300_000, interval: 100 }).toBe(1);
  const [id = ''] = readdirSync(join(vm.dataFolder, 'run')).filter((name) => name !== not?.id);
  return recordOf(id);
}

/** Seconds of processor time that a process has taken. */
function processorSeconds({ pid }: ProcessIdentity): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

test('a machine that stands by takes no processor time, and is its owner’s with the clock of now', async () => {
  const ready = await whenReady();
  expect(ready.learner).toBe('nobody');
  const [began, before] = [performance.now(), processorSeconds(ready.process)];
  await expect.poll(() => performance.now() - began, { timeout: 60_000, interval: 500 }).toBeGreaterThan(longWaitMs);
  expect(processorSeconds(ready.process) - before).toBeLessThan(0.2);
  await using lab = await pool.provision(spec, owner, quietly);
  expect(lab.id).toBe(ready.id);
  expect(recordOf(lab.id)).toMatchObject({ ...owner, process: ready.process });
  const terminal = await openWatched(lab);
  terminal.type('echo "<$(date +%s)>"');
  const [, seconds] = await terminal.waitFor(/\n<(\d+)>/);
  expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(15);
  expect(await run(lab, 'nmcli -g GENERAL.STATE device show ens33')).toMatchObject({ stdout: '100 (connected)\n' });

  // The next one is another machine.
  await whenReady(lab);
  await using second = await pool.provision(spec, owner, quietly);
  const script = 'cat /etc/machine-id; cat /etc/ssh/ssh_host_ed25519_key.pub';
  const [one, two] = [await run(lab, script), await run(second, script)];
  if (one.kind !== 'exited' || two.kind !== 'exited') throw new Error(JSON.stringify([one, two]));
  const [lines, others] = [one.stdout.split('\n'), two.stdout.split('\n')];
  expect([lines[0] === others[0], lines[1] === others[1]]).toEqual([false, false]);
});

test('a machine that dies while it stands by is replaced', async () => {
  const ready = await whenReady();
  process.kill(ready.process.pid, 'SIGKILL');
  await expect.poll(() => existsSync(join(vm.dataFolder, 'run', ready.id)), { timeout: 20_000 }).toBe(false);
  expect((await whenReady()).id).not.toBe(ready.id);
});

test('a sweep removes one that stood by, with the connection that held still', async () => {
  const ready = await whenReady();
  const stillThere = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(join(ready.sockets, 'ctl'));
      } catch {
        return false;
      }
    });
  expect(stillThere()).toHaveLength(1);
  expect(await vm.provider.sweep(() => false)).toBe(1);
  expect([isRunning(ready.process), existsSync(join(vm.dataFolder, 'run', ready.id))]).toEqual([false, false]);
  await expect.poll(stillThere, { timeout: 10_000 }).toEqual([]);
});
