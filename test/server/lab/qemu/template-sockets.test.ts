import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sweepRunFolders } from '../../../../server/lab/qemu/sweep.ts';
import { noteMaker } from '../../../../server/lab/qemu/template-sockets.ts';
import { socketFolderFor } from '../../../../server/lab/run-folder.ts';

const tooLong = `/${'x'.repeat(100)}`;

test('the sockets of a template whose maker was killed are swept; those of one that is being made, and of labs, stay', async () => {
  const program = `
    import { noteMaker } from './server/lab/qemu/template-sockets.ts';
    import { socketFolderFor } from './server/lab/run-folder.ts';
    const folder = await socketFolderFor('${tooLong}');
    await noteMaker(folder);
    console.log(folder);
    setInterval(() => {}, 1000);`;
  const maker = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('../../../..', import.meta.url).pathname,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(maker.stdout, 'data')) as [Buffer];
  const theirs = line.toString().trim();
  const ours = await socketFolderFor(tooLong);
  await noteMaker(ours);
  const ofLab = await socketFolderFor(tooLong);
  mkdirSync(join(ofLab, 'qmp'));
  const data = mkdtempSync(join(tmpdir(), 'd-'));
  try {
    await sweepRunFolders(data, () => false);
    expect([theirs, ours, ofLab].map((folder) => existsSync(folder))).toEqual([true, true, true]);
    maker.kill('SIGKILL');
    await once(maker, 'exit');
    await sweepRunFolders(data, () => false);
    expect([theirs, ours, ofLab].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  } finally {
    maker.kill('SIGKILL');
    for (const folder of [theirs, ours, ofLab, data]) rmSync(folder, { recursive: true, force: true });
  }
});
