/** A virtual machine that writes beyond its limit is ended with its own sentence; its neighbour notices nothing. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createQemuProvider } from '../../../../server/lab/qemu/index.ts';
import type { Fault } from '../../../../src/faults.ts';
import { openWatched, owner, spec } from '../../../contract/lab-provider.ts';
import { cacheFolder } from '../../../support/vm-cache.ts';

const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };
const labFolder = fileURLToPath(new URL('../../../../lab', import.meta.url));

test('many layers are too much together: no more states are kept, then the lab ends, and only that one', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tadak-limit-'));
  await using provider = createQemuProvider({
    ...{ dataFolder, cacheFolder, labFolder, diskMb: 400, allowInternet: false, log: console.log },
  });
  await using lab = await provider.provision(spec, owner, waiting);
  await using neighbour = await provider.provision(spec, { ...owner, learner: 'neighbour' as never }, waiting);
  const terminal = await openWatched(neighbour);
  const lost = new Promise<Fault>((resolve) => lab.onLost(resolve));
  const write = (name: string) =>
    lab.exec(`head -c 150M /dev/urandom > /root/${name} && sync`, { signal, timeoutMs: 300_000 });

  expect(await write('one')).toMatchObject({ kind: 'exited', exitCode: 0 });
  await lab.checkpoints?.save(signal);
  // The state that was kept, and the same file once more in the layer above it: more than half.
  expect(await write('one')).toMatchObject({ kind: 'exited', exitCode: 0 });
  await expect(lab.checkpoints?.save(signal)).rejects.toMatchObject({ code: 'lab-checkpoint-failed' });
  void write('two');
  expect(await lost).toMatchObject({ code: 'lab-disk-limit', details: { limitMb: 400 } });
  terminal.type('echo "fine=$((40 + 2))"');
  await terminal.waitFor(/\nfine=42/);
  terminal.pty.kill();
  await rm(dataFolder, { recursive: true, force: true });
});
