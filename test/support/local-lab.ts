/** A local lab for tests. */
import type { Lab } from '../../server/lab/lab.ts';
import { createLocalProvider } from '../../server/lab/local.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import type { LearnerId } from '../../src/course/ids.ts';

/** Opens a lab that is a bash on this machine; disposing it removes its home. */
export function openLocalLab(learner = 'tester'): Promise<Lab> {
  const provider = createLocalProvider({ production: false });
  const spec = { start: 'none', addresses: buildAddresses('class') };
  const owner = { learner: learner as LearnerId, server: 'test' };
  return provider.provision(spec, owner, { signal: AbortSignal.timeout(30_000), onProgress: () => {} });
}
