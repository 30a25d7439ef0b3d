/**
 * Use case: somebody who entered by a watch link looks on. They see terminals that are there; nothing is opened,
 * prepared or kept alive for them.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Onlooker } from '../session/onlooker.ts';
import type { App } from './context.ts';
import { findTerminal } from './list-commands.ts';
import type { WatchLinksOptions } from './watch-links.ts';

/** Who comes to `link` with this secret. Throws Fault `watch-unknown` or `too-many`. */
export function lookOn({ watchLinks }: App, link: string, secret: string | undefined): Onlooker {
  return watchLinks.admit(watchLinks.findById(link), secret);
}

/** What there is to see of a learner. */
export function lookAt(app: App, owner: LearnerId): ReturnType<WatchLinksOptions['look']> {
  return {
    findTerminal: (terminal) => findTerminal(app, owner, terminal),
    view: () => {
      const lab = app.desk.find(owner);
      const sessions = lab === undefined ? [] : app.sessions.sessionsOf(lab.id);
      const terminals = sessions.map(({ terminal, epoch }) => ({ name: terminal, epoch }));
      // By number: t2 before t10.
      terminals.sort((a, b) => Number(a.name.slice(1)) - Number(b.name.slice(1)));
      return { hasLab: lab !== undefined, terminals };
    },
  };
}
