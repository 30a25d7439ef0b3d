/** A VM outlives its server: the next one goes on with it, its checkpoints and its network, and ends it like its own. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRunning, type ProcessIdentity } from '../../../../server/host/processes.ts';
import type { AdoptOptions, Lab, LabProvider } from '../../../../server/lab/lab.ts';
import { createOverlay } from '../../../../server/lab/qemu/machine-run.ts';
import { openQmp } from '../../../../server/lab/qemu/qmp.ts';
import { openWatched, owner, spec } from '../../../contract/lab-provider.ts';
import { createVmProvider, type VmProvider } from '../../../support/vm-provider.ts';

const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };
const adoptOptions: AdoptOptions = { server: 'next-server', isGone: (server) => server !== 'next-server', signal };

async function run(lab: Lab, script: string): Promise<string> {
  const result = await lab.exec(script, { signal, timeoutMs: 120_000 });
  if (result.kind !== 'exited') throw new Error(`${script}: ${JSON.stringify(result)}`);
  return `${result.stdout}${result.stderr}`.trim();
}

const recordOf = ({ dataFolder }: VmProvider, id: string) =>
  JSON.parse(readFileSync(join(dataFolder, 'run', id, 'lab.json'), 'utf8')) as {
    readonly server: string;
    readonly machine: string;
    readonly process: ProcessIdentity;
  };

/** The only lab that the provider takes over. */
async function adoptOne(provider: LabProvider): Promise<Lab> {
  const adopted = (await provider.adopt?.(adoptOptions)) ?? [];
  expect(adopted).toMatchObject([{ learner: owner.learner }]);
  const [{ lab } = { lab: undefined }] = adopted;
  if (!lab) throw new Error('nothing was taken over');
  return lab;
}

const whoAmI = 'cat /proc/sys/kernel/random/boot_id; cat /root/story; pgrep -cf /run/alive';

test('a machine whose server was killed goes on: what ran runs, the network is there, checkpoints are kept, its end leaves nothing', async () => {
  await using world = await createVmProvider();
  const { dataFolder } = world;
  const program = `
    import { createVmProvider } from './test/support/vm-provider.ts';
    const { provider } = await createVmProvider({ folder: ${JSON.stringify(dataFolder)} });
    const options = { signal: new AbortController().signal, onProgress() {} };
    const lab = await provider.provision(${JSON.stringify(spec)}, ${JSON.stringify(owner)}, options);
    const run = (script) => lab.exec(script, { signal: options.signal, timeoutMs: 60_000 });
    await run('echo one > /root/story');
    const first = await lab.checkpoints.save(options.signal);
    await run('echo two >> /root/story; (while :; do sleep 0.2; date +%s >> /run/alive; done) > /dev/null 2>&1 &');
    const { stdout } = await run(${JSON.stringify(whoAmI)});
    console.log(JSON.stringify({ id: lab.id, first: first.id, stdout }));
    setInterval(() => {}, 1000);`;
  const cwd = new URL('../../../..', import.meta.url).pathname;
  const server = spawn('node', ['--input-type=module', '-e', program], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Promise<string>((resolve) => server.stdout.once('data', (bytes) => resolve(String(bytes))));
  const before = JSON.parse(said) as { readonly id: string; readonly first: string; readonly stdout: string };
  server.kill('SIGKILL');
  await new Promise((resolve) => server.once('exit', resolve));
  await keepHalf(world, before.id);

  const lab = await adoptOne(world.provider);
  expect(lab.id).toBe(before.id);
  expect(recordOf(world, lab.id).server).toBe('next-server');
  // What is taken over is not swept, and nobody takes it over a second time.
  expect(await world.provider.sweep(({ server: of }) => of === 'next-server')).toBe(0);
  expect(await world.provider.adopt?.(adoptOptions)).toEqual([]);
  expect(await run(lab, whoAmI)).toBe(before.stdout.trim());
  expect(await run(lab, 'curl -sS -o /dev/null -w %{http_code} --max-time 60 http://www.example.com')).toBe('200');
  const terminal = await openWatched(lab);
  terminal.type('echo "new=$((40 + 2))"');
  await terminal.waitFor(/new=42/);

  expect(readdirSync(join(dataFolder, 'run', lab.id))).not.toContain('c9.devices');
  // Its checkpoints are there, and another one can be kept upon them.
  const { checkpoints } = lab;
  if (!checkpoints) throw new Error('no checkpoints');
  const second = await checkpoints.save(signal);
  await run(lab, 'echo three >> /root/story');
  await checkpoints.restore(second.id, waiting);
  expect(await run(lab, 'cat /root/story')).toBe('one\ntwo');
  await checkpoints.restore(before.first, waiting);
  expect(await run(lab, 'cat /root/story; pgrep -cf /run/alive')).toBe('one\n0');

  const { process: machine } = recordOf(world, lab.id);
  await lab[Symbol.asyncDispose]();
  expect(isRunning(machine)).toBe(false);
  expect(readdirSync(join(dataFolder, 'run'))).toEqual([]);
});

/** Leaves a machine that nobody holds as a server does that dies while it keeps a checkpoint: a new disk, and no list of it. */
async function keepHalf(world: VmProvider, id: string): Promise<void> {
  const folder = join(world.dataFolder, 'run', id);
  await stopMachine(world, id);
  using qmp = await openQmp(qmpOf(world, id), { signal, connectTimeoutMs: 10_000 });
  const [{ inserted } = { inserted: undefined }] = (await qmp.command('query-block')) as readonly {
    readonly inserted?: { readonly file: string; readonly 'node-name': string };
  }[];
  await createOverlay(join(folder, 'c9.qcow2'), inserted?.file ?? '', recordOf(world, id).machine);
  await writeFile(join(folder, 'c9.devices'), 'half');
  const node = { 'node-name': inserted?.['node-name'], 'snapshot-node-name': 'c9' };
  const file = { 'snapshot-file': join(folder, 'c9.qcow2'), format: 'qcow2', mode: 'existing' };
  await qmp.command('blockdev-snapshot-sync', { ...node, ...file });
}

function qmpOf({ dataFolder }: VmProvider, id: string): string {
  const { sockets } = JSON.parse(readFileSync(join(dataFolder, 'run', id, 'lab.json'), 'utf8')) as { sockets: string };
  return join(sockets, 'qmp');
}

/** Stops a machine that nobody holds, as a server does that dies while it keeps a checkpoint. */
async function stopMachine(world: VmProvider, id: string): Promise<void> {
  using qmp = await openQmp(qmpOf(world, id), { signal, connectTimeoutMs: 10_000 });
  await qmp.command('stop');
}

test('a machine that is let go runs on and is taken over, though its server stopped it, its guest agent is dead and its list is broken', async () => {
  await using world = await createVmProvider();
  const { dataFolder } = world;
  const first = await createVmProvider({ keepsLabs: true, folder: dataFolder });
  const left = await first.provider.provision(spec, owner, waiting);
  await left.checkpoints?.save(signal);
  await run(left, 'systemctl stop qemu-guest-agent; echo one > /root/story');
  // Nothing keeps half a checkpoint: one that is under way is finished first.
  const saving = left.checkpoints?.save(signal);
  const { process: machine } = recordOf(world, left.id);
  await first[Symbol.asyncDispose]();
  expect((await saving)?.bytes).toBeGreaterThan(2 ** 20);
  expect(isRunning(machine)).toBe(true);
  await stopMachine(world, left.id);
  await writeFile(join(dataFolder, 'run', left.id, 'checkpoints.json'), '{"format":1,');

  const lab = await adoptOne(world.provider);
  expect(await run(lab, 'cat /root/story')).toBe('one');
  // Nothing can be gone back to, but from here on.
  const again = await lab.checkpoints?.save(signal);
  await run(lab, 'echo two >> /root/story');
  await lab.checkpoints?.drop(again?.id ?? '');
  expect(await run(lab, 'cat /root/story')).toBe('one\ntwo');

  // One that dies later is told like any other.
  const lost = new Promise((resolve) => lab.onLost(resolve));
  process.kill(machine.pid, 'SIGKILL');
  expect(await lost).toMatchObject({ code: 'lab-lost' });
  await lab[Symbol.asyncDispose]();
  expect(readdirSync(join(dataFolder, 'run'))).toEqual([]);
});

test('a lab that stood by, was not ready, or whose machine has died is not taken over but swept', async () => {
  await using world = await createVmProvider();
  const { dataFolder } = world;
  const first = await createVmProvider({ keepsLabs: true, folder: dataFolder });
  const labs = [
    await first.provider.provision(spec, { ...owner, learner: 'nobody' as typeof owner.learner }, waiting),
    await first.provider.provision(spec, owner, waiting),
    await first.provider.provision(spec, owner, waiting),
  ];
  const [, dying, unready] = labs;
  await rm(join(dataFolder, 'run', unready?.id ?? '', 'ready.json'));
  const machine = recordOf(world, dying?.id ?? '').process;
  await first[Symbol.asyncDispose]();
  process.kill(machine.pid, 'SIGKILL');
  await expect.poll(() => isRunning(machine)).toBe(false);
  expect(await world.provider.adopt?.(adoptOptions)).toEqual([]);
  expect(await world.provider.sweep(({ server }) => server === 'next-server')).toBe(3);
  expect(readdirSync(join(dataFolder, 'run'))).toEqual([]);
});
