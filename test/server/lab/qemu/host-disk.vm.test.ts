/** The host's disk fills up under a running lab: the lab stands still, says why, and goes on without a loss. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createQemuProvider } from '../../../../server/lab/qemu/index.ts';
import type { Fault } from '../../../../src/faults.ts';
import { owner, spec } from '../../../contract/lab-provider.ts';
import { mayMount, smallDisk } from '../../../support/small-disk.ts';
import { cacheFolder } from '../../../support/vm-cache.ts';

const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };
const labFolder = fileURLToPath(new URL('../../../../lab', import.meta.url));

test.skipIf(!mayMount)(
  'a lab whose host has no room left stands still, says so, and goes on (needs root)',
  async () => {
    await using disk = await smallDisk(160);
    await using provider = createQemuProvider({
      ...{ dataFolder: disk.path, cacheFolder, labFolder, allowInternet: false, log: () => {} },
    });
    await using lab = await provider.provision(spec, owner, waiting);
    await using neighbour = await provider.provision(spec, { ...owner, learner: 'neighbour' as never }, waiting);
    const said: (Fault | undefined)[] = [];
    lab.onStandstill?.((fault) => said.push(fault));
    const ballast = join(disk.path, 'ballast');
    await writeFile(ballast, Buffer.alloc(90 * 2 ** 20));

    const script = 'head -c 120M /dev/urandom > /root/large && sync && sha256sum /root/large && wc -c < /root/large';
    const writing = lab.exec(script, { signal, timeoutMs: 300_000 });
    const deadline = performance.now() + 240_000;
    while (said.length === 0) {
      if (performance.now() > deadline) throw new Error(`never stood still: ${JSON.stringify(await writing)}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(said[0]).toMatchObject({ code: 'lab-host-full' });
    // Whoever checks meanwhile is told at once, and is not the one to blame.
    expect(await lab.exec('true', { signal, timeoutMs: 5_000 })).toMatchObject({
      kind: 'unreachable',
      fault: { code: 'lab-host-full' },
    });
    expect(await neighbour.exec('echo "fine=$((40 + 2))"', { signal, timeoutMs: 60_000 })).toMatchObject({
      stdout: 'fine=42\n',
    });

    await rm(ballast);
    disk.resize(400);
    const result = await writing;
    expect(result).toMatchObject({ kind: 'exited', exitCode: 0 });
    if (result.kind === 'exited') expect(result.stdout).toMatch(/^[0-9a-f]{64} {2}\/root\/large\n125829120\n$/);
    expect(said.at(-1)).toBeUndefined();
    const again = await lab.exec('echo 3 > /proc/sys/vm/drop_caches; sha256sum /root/large', {
      signal,
      timeoutMs: 60_000,
    });
    if (again.kind !== 'exited' || result.kind !== 'exited') throw new Error(JSON.stringify(again));
    expect(result.stdout.startsWith(again.stdout.trim())).toBe(true);
  },
);
