/**
 * The states of one learner's lab, and how pages see them. Pure.
 * Knows nothing about who changes them.
 */
import { type Fault, faults } from '../../src/faults.ts';
import type { FaultView, LabView } from '../../src/protocol/api.ts';
import type { Lab, LabKind, LabProgress } from '../lab/lab.ts';
import type { LabEnding } from './lab-life.ts';

/** Where a learner's lab is. */
export type LabSeat =
  | { readonly state: 'none'; readonly fault?: Fault }
  | { readonly state: 'queued'; readonly fault: Fault }
  | { readonly state: 'starting'; readonly progress: LabProgress; readonly abort: AbortController }
  | {
      readonly state: 'ready';
      readonly lab: Lab;
      readonly note?: LabNote;
      readonly ending?: LabEnding;
      readonly watch: Disposable;
    }
  | { readonly state: 'lost'; readonly fault: Fault }
  | { readonly state: 'ended'; readonly fault?: Fault };

/** Something to say about a running lab: a lesson is being prepared, or could not be. */
export interface LabNote {
  readonly progress?: LabProgress;
  readonly fault?: Fault;
}

/** A fault as it goes to the browser. */
export function viewFault(fault: Fault): FaultView {
  return { code: fault.code, message: fault.sentence, retry: faults[fault.code].retry };
}

/** What a seat's view depends on besides the seat. */
export interface SeatSurroundings {
  readonly kind: LabKind;
  /** In the queue, from 1. */
  readonly place: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a page may see of a seat. */
export function viewSeat(seat: LabSeat, { kind, place, now }: SeatSurroundings): LabView {
  const fault = 'fault' in seat && seat.fault ? { fault: viewFault(seat.fault) } : {};
  if (seat.state === 'starting') return { state: 'starting', kind, capabilities: [], progress: seat.progress };
  if (seat.state === 'queued') return { state: 'queued', kind, capabilities: [], ...fault, place };
  if (seat.state !== 'ready') return { state: seat.state, kind, capabilities: [], ...fault };
  const { lab, note, ending } = seat;
  return {
    state: 'ready',
    kind,
    id: lab.id,
    capabilities: [...lab.capabilities],
    ...(lab.target !== undefined && { target: lab.target }),
    ...(lab.machine !== undefined && { machine: lab.machine }),
    ...(note?.progress && { progress: note.progress }),
    ...(note?.fault && { fault: viewFault(note.fault) }),
    ...(ending && { ending: { inMs: Math.max(0, ending.at - now), why: ending.why } }),
  };
}
