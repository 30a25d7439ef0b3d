/**
 * Use case: the learner's VM was rebuilt and has another host key.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';

/** Forgets the accepted key. Throws Fault `lab-kind-refused` where labs have none. */
export async function forgetHostKey(app: App, learner: LearnerId): Promise<LabView> {
  const view = app.desk.view(learner);
  if (!app.forgetHostKey) throw new Fault('lab-kind-refused', { kind: view.kind, detail: 'ssh://' });
  await app.forgetHostKey(learner);
  return app.desk.view(learner);
}
