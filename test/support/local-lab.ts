/** A local lab for tests, in a folder of its own. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lab } from '../../server/lab/lab.ts';
import { createLocalProvider } from '../../server/lab/local.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import type { LearnerId } from '../../src/course/ids.ts';

/** Opens a lab that is a bash on this machine. */
export async function openLocalLab(learner = 'tester'): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-test-'));
  const provider = createLocalProvider({ production: false, folder });
  const spec = { start: 'none', addresses: buildAddresses('class') };
  const owner = { learner: learner as LearnerId, server: 'test' };
  return provider.provision(spec, owner, { signal: AbortSignal.timeout(30_000), onProgress: () => {} });
}
