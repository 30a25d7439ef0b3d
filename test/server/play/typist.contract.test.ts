/** The typist at a real shell, through a real gateway. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLocalProvider } from '../../../server/lab/local.ts';
import { openDoor } from '../../../server/play/terminal-door.ts';
import { Typist } from '../../../server/play/typist.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import { tinyCourse } from '../../support/tiny-course.ts';

const learner = 'typist' as LearnerId;

test('a prompt that the line editor draws again is not taken for the next one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-typist-'));
  const signal = AbortSignal.timeout(60_000);
  try {
    await using provider = createLocalProvider({ production: false, folder });
    const { addresses } = await tinyCourse();
    const spec = { start: 'bare', addresses };
    await using lab = await provider.provision(spec, { learner, server: 'test' }, { signal, onProgress: () => {} });
    await using door = await openDoor(lab, learner, () => {});
    using typist = await Typist.open({ address: door, patience: { openMs: 20_000, promptMs: 20_000 }, signal });
    if (!typist) throw new Error('no terminal');
    // Enter draws the line anew before it is taken, as it does after a marked paste that was shown already.
    expect(await typist.type(`bind '"\\C-m": "\\C-l\\C-j"'`)).toMatchObject({ kind: 'prompt' });
    const from = typist.position;
    expect(await typist.type('sleep 1; echo "after=$((40 + 2))"; false')).toEqual({ kind: 'prompt', exitCode: 1 });
    expect(typist.seenSince(from)).toContain('after=42');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
