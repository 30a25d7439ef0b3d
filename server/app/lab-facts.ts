/**
 * Use case: somebody wants to know what the learner's machine is.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { LabFactsView } from '../../src/protocol/api.ts';
import { readLabFacts } from '../lab/lab-facts.ts';
import type { App } from './context.ts';

/** Looks into the learner's own lab. Throws Fault `not-found` for any other, `lab-none` and the like when there is none. */
export async function labFacts(app: App, learner: LearnerId, id: string): Promise<LabFactsView> {
  const lab = app.desk.require(learner);
  if (lab.id !== id) throw new Fault('not-found', { what: `lab ${id}` });
  const facts = await readLabFacts(lab, app.signal);
  return { id, kind: lab.kind, capabilities: [...lab.capabilities], facts };
}
