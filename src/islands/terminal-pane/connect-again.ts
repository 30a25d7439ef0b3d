/**
 * What a key does at a terminal that has ended: it opens another shell, or brings the learner's own machine back first.
 * Knows nothing about sockets.
 */
import type { LabView } from '../../protocol/api.ts';
import type { Page } from '../page.ts';

/**
 * Whether the lab must be started before a terminal can be opened. Only a machine that the learner reaches over ssh is started by
 * a key: nothing is thrown away by it, and its fault says so. Where connecting again cannot help, the fault goes on standing there.
 */
function mustStartAgain(lab: LabView | undefined): boolean {
  if (lab?.kind !== 'ssh' || lab.fault?.retry !== true) return false;
  // `none` with a fault: the latest attempt did not reach the machine.
  return lab.state === 'lost' || lab.state === 'none';
}

/** Makes what a key does. A lab that is ready again reopens its terminals by itself. */
export function createConnectAgain(page: Page, reopen: () => void): () => void {
  let isAsked = false;
  return () => {
    if (!mustStartAgain(page.state.get().lab)) return reopen();
    if (isAsked) return;
    isAsked = true;
    void page.changeLab('start').finally(() => {
      isAsked = false;
    });
  };
}
