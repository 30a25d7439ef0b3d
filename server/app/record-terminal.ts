/**
 * Use cases around recordings: a learner begins or ends one, looks at theirs, throws one away.
 */
import type { LearnerId, TerminalName } from '../../src/course/ids.ts';
import type { RecordingsView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';
import { findTerminal } from './list-commands.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** A learner's recordings, and how long they are kept. */
export function showRecordings({ recordings }: Pick<App, 'recordings'>, learner: LearnerId): RecordingsView {
  return { keepDays: recordings.keepMs / dayMs, recordings: recordings.list(learner) };
}

/** Begins or ends the recording of a terminal. Throws like `findTerminal`, and `not-found` where nothing may be recorded. */
export async function recordTerminal(
  app: App,
  { learner, terminal, on }: { readonly learner: LearnerId; readonly terminal: TerminalName; readonly on: boolean },
): Promise<RecordingsView> {
  if (on) app.recordings.start(learner, terminal, findTerminal(app, learner, terminal));
  else await app.recordings.stop(learner, terminal);
  return showRecordings(app, learner);
}

/** Throws a recording away. Throws Fault `not-found`. */
export async function removeRecording(app: App, learner: LearnerId, id: string): Promise<RecordingsView> {
  await app.recordings.remove(learner, id);
  return showRecordings(app, learner);
}
