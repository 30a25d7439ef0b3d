/**
 * Use case: a lab that an earlier server left running is the learner's again, with what was known about it.
 */
import type { AdoptedLab } from '../lab/lab.ts';
import type { App } from './context.ts';

/** Seats the learner at it; ends it when the learner has another one by now. */
export async function adoptLab(app: App, { learner, lab }: AdoptedLab): Promise<void> {
  await app.memory.recall(lab.id);
  if (app.desk.adopt(learner, lab)) {
    app.log('lab taken over', { learner, lab: lab.id });
    return;
  }
  app.memory.forget(lab.id);
  await lab[Symbol.asyncDispose]();
}
