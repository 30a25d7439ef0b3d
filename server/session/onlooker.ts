/**
 * Somebody who looks on by a watch link, as the doors see them. Knows nothing about links and sockets.
 */
import type { TerminalName } from '../../src/course/ids.ts';
import type { Fault } from '../../src/faults.ts';
import type { WatchView } from '../../src/protocol/watch.ts';
import type { TerminalSession } from './terminal-session.ts';

/** What an open socket of an onlooker wants to hear. */
export interface OnlookerSocket {
  /** The link is over; nothing is to be seen any more. */
  handleEnd(fault: Fault): void;
  /** There is something else to look at. */
  handleView?(view: WatchView): void;
}

/** Somebody who may see one learner's terminals and change nothing. */
export interface Onlooker {
  /** One browser with one link; no secret. */
  readonly id: string;
  readonly link: string;
  /** What there is to see now. */
  view(): WatchView;
  /** A socket of theirs is open: until it is disposed they count as looking on. */
  enter(socket: OnlookerSocket): Disposable;
  /** A terminal that is there; none is ever opened for them. Throws a Fault. */
  findTerminal(terminal: TerminalName): TerminalSession;
}
