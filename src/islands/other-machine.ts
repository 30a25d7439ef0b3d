/**
 * Whether a lesson's page should offer another machine than the one that runs. Pure; knows nothing about elements.
 */
import type { Machine } from '../course/machines.ts';
import type { LabView } from '../protocol/api.ts';

/** The machine that the lesson begins on, when the running lab is another one and could be that one. */
export function otherMachine(wanted: string | undefined, lab: LabView | undefined): Machine | undefined {
  if (lab?.state !== 'ready' || lab.machine === undefined || wanted === lab.machine.is) return undefined;
  return lab.machine.of.find((machine) => machine === wanted);
}
