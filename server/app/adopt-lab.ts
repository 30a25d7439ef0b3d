/**
 * Use case: a lab that an earlier server left running is the learner's again, with what was known about it.
 */
import { toFault } from '../../src/faults.ts';
import type { AdoptedLab } from '../lab/lab.ts';
import type { App } from './context.ts';

/** Seats the learner at it; ends it when the learner has another one by now. Never throws. */
export async function adoptLab(app: App, { learner, lab }: AdoptedLab): Promise<void> {
  await app.memory.recall(lab.id);
  app.checkpoints.agreeWith(lab);
  if (app.desk.adopt(learner, lab)) {
    app.log('lab taken over', { learner, lab: lab.id });
    return;
  }
  app.memory.forget(lab.id);
  try {
    await lab[Symbol.asyncDispose]();
  } catch (thrown) {
    app.log('lab could not be cleared', { lab: lab.id, message: toFault(thrown).message });
  }
}
