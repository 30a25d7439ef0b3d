/**
 * Use case: a learner reads what was typed in one of their terminals and what it printed.
 */
import type { LearnerId, TerminalName } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { CommandsView } from '../../src/protocol/api.ts';
import type { CommandRange } from '../session/command-history.ts';
import type { TerminalSession } from '../session/terminal-session.ts';
import type { App } from './context.ts';

/** The commands of a terminal. Throws Fault `no-such-terminal`, or `lab-none` and the like when there is no lab. */
export async function listCommands(
  app: App,
  { learner, terminal }: { readonly learner: LearnerId; readonly terminal: TerminalName },
  range: CommandRange,
): Promise<CommandsView> {
  const session = findTerminal(app, learner, terminal);
  return { epoch: session.epoch, commands: await session.history.list(range) };
}

/** A terminal of the learner's own lab. Throws like `listCommands`. */
export function findTerminal(app: App, learner: LearnerId, terminal: TerminalName): TerminalSession {
  const lab = app.desk.require(learner);
  const session = app.sessions.sessionsOf(lab.id).find((each) => each.terminal === terminal);
  if (session === undefined) throw new Fault('no-such-terminal');
  return session;
}
