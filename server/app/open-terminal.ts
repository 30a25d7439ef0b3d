/**
 * Use case: a terminal of the learner's lab is opened, or found again. The first command must not run before the
 * lesson is prepared, so this waits for that; a failed preparation does not keep the learner out.
 */
import type { LearnerId, TerminalName } from '../../src/course/ids.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { TerminalSession } from '../session/terminal-session.ts';
import type { App } from './context.ts';
import { prepareLesson } from './prepare-lesson.ts';
import { orAborted } from './prepared-provider.ts';

/** What a page asks for. */
export interface TerminalRequest {
  readonly learner: LearnerId;
  readonly terminal: TerminalName;
  readonly viewer: string;
  readonly epoch?: string | undefined;
  readonly size: TerminalSize;
  readonly signal: AbortSignal;
}

/** Opens the terminal. Throws a Fault when there is no lab that is ready. */
export async function openTerminal(app: App, request: TerminalRequest): Promise<TerminalSession> {
  app.desk.require(request.learner);
  await orAborted(prepareLesson(app, request.learner), request.signal);
  const lab = app.desk.require(request.learner);
  const { epoch, ...rest } = request;
  return app.sessions.open({ ...rest, lab, ...(epoch !== undefined && { epoch }) });
}
