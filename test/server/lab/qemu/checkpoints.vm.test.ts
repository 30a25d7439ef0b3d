/** A VM goes back to what it was, however broken it is, and on from there. */
import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Lab } from '../../../../server/lab/lab.ts';
import { openWatched, owner, spec } from '../../../contract/lab-provider.ts';
import { createVmProvider } from '../../../support/vm-provider.ts';

const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };

/** Runs a script in the lab; what it printed. */
async function run(lab: Lab, script: string): Promise<string> {
  const result = await lab.exec(script, { signal, timeoutMs: 120_000 });
  if (result.kind !== 'exited') throw new Error(`${script}: ${JSON.stringify(result)}`);
  return `${result.stdout}${result.stderr}`.trim();
}

test('a machine comes back from a checkpoint with its disk, its memory and its network, and its terminals begin anew', async () => {
  await using world = await createVmProvider();
  await using lab = await world.provider.provision(spec, owner, waiting);
  const { checkpoints } = lab;
  if (!checkpoints) throw new Error('no checkpoints');
  const folder = join(world.dataFolder, 'run', lab.id);
  const filesOf = async (pattern: RegExp) => (await readdir(folder)).filter((name) => pattern.test(name)).sort();

  await run(lab, 'echo one > /root/story; (while :; do sleep 0.1; date +%s >> /run/alive; done) > /dev/null 2>&1 &');
  const began = await checkpoints.save(signal);
  expect(began.bytes).toBeGreaterThan(2 ** 20);
  await run(lab, 'echo two >> /root/story');
  const middle = await checkpoints.save(signal);
  const terminal = await openWatched(lab);
  terminal.type('cat > /dev/null');
  // Nothing of the ordinary ways in is left.
  const broken = 'nmcli con down ens33; hostname broken; rm -f /usr/bin/docker; pkill -f /run/alive; nft flush ruleset';
  await run(lab, `${broken}; echo three >> /root/story; cat /root/story`);

  await checkpoints.restore(middle.id, waiting);
  await terminal.exit;
  expect(await run(lab, 'cat /root/story; hostname; test -x /usr/bin/docker; echo docker=$?')).toBe(
    'one\ntwo\nlab\ndocker=0',
  );
  expect(await run(lab, 'ping -c 1 -W 5 213.0.113.2 > /dev/null; echo ping=$?')).toBe('ping=0');
  // What ran, runs; and the clock is that of now.
  const alive = Number(
    await run(lab, 'rm -f /run/alive; until test -s /run/alive; do sleep 0.1; done; tail -n 1 /run/alive'),
  );
  expect(Math.abs(alive - Date.now() / 1000)).toBeLessThan(30);
  const again = await openWatched(lab);
  again.type('echo "again=$((40 + 2))"');
  await again.waitFor(/again=42/);

  // Forward from there, and back to the beginning: what came after it is gone, from the disk, too.
  await run(lab, 'echo four >> /root/story');
  const late = await checkpoints.save(signal);
  await checkpoints.restore(began.id, waiting);
  expect(await run(lab, 'cat /root/story')).toBe('one');
  await expect(checkpoints.restore(late.id, waiting)).rejects.toMatchObject({ code: 'not-found' });
  expect(await filesOf(/\.memory$/)).toEqual([`${began.id}.memory`]);
  expect(await filesOf(/\.qcow2$/)).toHaveLength(2);
  await checkpoints.drop(began.id);
  expect(await filesOf(/\.(memory|devices)$/)).toEqual([]);
  expect(await run(lab, 'echo five >> /root/story; sync; cat /root/story')).toBe('one\nfive');

  // It also restarts: what a machine starts from is there.
  await run(lab, 'touch /run/before; sync; systemd-run --on-active=1 systemctl reboot');
  const story = async () => {
    const result = await lab.exec('[ ! -e /run/before ] && cat /root/story', { signal, timeoutMs: 20_000 });
    return result.kind === 'exited' ? result.stdout : result.kind;
  };
  await expect.poll(story, { timeout: 400_000, interval: 2_000 }).toBe('one\nfive\n');
});

test('a checkpoint that is not whole loses the lab with a sentence, and leaves nothing behind', async () => {
  await using world = await createVmProvider();
  const lab = await world.provider.provision(spec, owner, waiting);
  const { checkpoints } = lab;
  if (!checkpoints) throw new Error('no checkpoints');
  const { id } = await checkpoints.save(signal);
  await truncate(join(world.dataFolder, 'run', lab.id, `${id}.memory`), 100_000);
  const lost = new Promise((resolve) => lab.onLost(resolve));
  await expect(checkpoints.restore(id, waiting)).rejects.toMatchObject({ code: 'lab-checkpoint-failed' });
  expect(await lost).toMatchObject({ code: 'lab-checkpoint-failed' });
  await lab[Symbol.asyncDispose]();
  expect(await readdir(join(world.dataFolder, 'run'))).toEqual([]);
});
