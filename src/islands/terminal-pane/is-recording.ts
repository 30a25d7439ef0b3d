/**
 * Reads a learner's recordings. Pure; knows nothing about pages.
 */
import type { RecordingsView, RecordingView } from '../../protocol/api.ts';

/** Whether a terminal is recorded now. */
export function isRecording(view: RecordingsView | undefined, terminal: number): boolean {
  return view?.recordings.some((each) => each.terminal === `t${terminal}` && each.endedAt === undefined) ?? false;
}

/** The latest recording of a terminal. */
export function latestRecording(view: RecordingsView | undefined, terminal: number): RecordingView | undefined {
  return view?.recordings.findLast((each) => each.terminal === `t${terminal}`);
}
