/**
 * What terminals show, kept for the case that the server is started anew while their labs run on: written whenever a terminal
 * has been quiet for a moment, so that a crash costs no more than what was on its way. The shells themselves end with the server.
 * What is printed is added as it came; a screen is drawn, which takes an emulator, only when that would become too much.
 * Knows nothing about labs and sockets.
 */
import type { LabId, TerminalName } from '../../src/course/ids.ts';
import type { LabFolders } from '../data/lab-folders.ts';
import type { TerminalSession } from './terminal-session.ts';

/** What the shelf is made of. */
export interface ScreenShelfOptions {
  readonly folders: LabFolders;
  /** What stands below a screen that was brought back, e.g. that the shell is a new one. */
  readonly line: string;
  readonly log: (line: string, details?: Record<string, string | number>) => void;
  /** How long a terminal must have been quiet, ms; 700 unless given. */
  readonly quietMs?: number;
}

const defaultQuietMs = 700;
/** With more output than this the file begins anew, with the screen that all of it made. */
const maxRawBytes = 256 * 1024;
/** The second screen, of an editor for instance. Leaving it where it is not shown would put the cursor somewhere else. */
const secondScreen = { enter: '\x1b[?1049h', leave: '\x1b[?1049l' } as const;
/** Whatever program ran on it: out of its colours, its mouse and its ways of sending keys. */
const plain = '\x1b[!p\x1b[?1;9;1000;1002;1003;1004;1005;1006;1015;2004l\x1b[?25h\x1b>\x1b[0m';

const fileOf = (terminal: TerminalName) => `${terminal}.screen`;

interface Watched {
  /** Listens to output. */
  readonly ear: DisposableStack;
  timer?: NodeJS.Timeout;
  /** What the file holds: a screen that stands for everything before `base`, and the output from there up to `to`. */
  kept?: { readonly base: number; readonly to: number };
  /** Writes one after the other. */
  writing: Promise<void>;
}

/** The screens of all terminals. */
export class ScreenShelf implements AsyncDisposable {
  readonly #options: ScreenShelfOptions;
  readonly #watched = new Map<TerminalSession, Watched>();

  constructor(options: ScreenShelfOptions) {
    this.#options = options;
  }

  /** Keeps what this terminal shows, until its shell ends. */
  watch(session: TerminalSession): void {
    const { folders } = this.#options;
    const watched: Watched = { ear: new DisposableStack(), writing: Promise.resolve() };
    this.#watched.set(session, watched);
    watched.ear.use(session.onOutput(() => this.#writeLater(session, watched)));
    session.onExit(() => {
      // A shell that ends because the server does is not forgotten.
      if (!this.#watched.has(session)) return;
      watched.ear.dispose();
      clearTimeout(watched.timer);
      this.#watched.delete(session);
      void watched.writing.then(() => folders.remove(session.labId, fileOf(session.terminal)));
    });
  }

  /** What a terminal of an earlier server showed. It stays kept until the new shell has said something. */
  async recall(lab: LabId, terminal: TerminalName): Promise<Uint8Array | undefined> {
    const { folders, line } = this.#options;
    const screen = await folders.read(lab, fileOf(terminal));
    if (screen === undefined) return undefined;
    const isInSecond = screen.lastIndexOf(secondScreen.enter) > screen.lastIndexOf(secondScreen.leave);
    const leave = isInSecond ? secondScreen.leave : '';
    return Buffer.concat([screen, Buffer.from(`${leave}${plain}\r\n${line}\r\n`)]);
  }

  /** Writes what is not written yet; nothing is watched any more. */
  async [Symbol.asyncDispose](): Promise<void> {
    const last = [...this.#watched].map(([session, watched]) => {
      watched.ear.dispose();
      if (watched.timer !== undefined) this.#write(session, watched);
      return watched.writing;
    });
    this.#watched.clear();
    await Promise.all(last);
  }

  #writeLater(session: TerminalSession, watched: Watched): void {
    if (watched.timer !== undefined) {
      watched.timer.refresh();
      return;
    }
    const { quietMs = defaultQuietMs } = this.#options;
    watched.timer = setTimeout(() => this.#write(session, watched), quietMs);
  }

  #write(session: TerminalSession, watched: Watched): void {
    clearTimeout(watched.timer);
    delete watched.timer;
    watched.writing = watched.writing
      .then(() => this.#keep(session, watched))
      .catch((thrown: unknown) =>
        this.#options.log('screen not kept', { lab: session.labId, message: String(thrown) }),
      );
  }

  async #keep(session: TerminalSession, watched: Watched): Promise<void> {
    const { folders } = this.#options;
    const { labId, terminal } = session;
    const { base, to } = watched.kept ?? { base: 0, to: 0 };
    const fresh = session.outputSince(to, maxRawBytes - (to - base));
    const isBegun = watched.kept !== undefined;
    delete watched.kept;
    if (fresh === undefined) {
      const { seq, bytes } = await session.drawScreen();
      if (await folders.write(labId, fileOf(terminal), bytes)) watched.kept = { base: seq, to: seq };
    } else {
      const isWritten = isBegun
        ? await folders.append(labId, fileOf(terminal), fresh)
        : await folders.write(labId, fileOf(terminal), fresh);
      // After a failure the next one begins the file anew.
      if (isWritten) watched.kept = { base, to: to + fresh.length };
    }
  }
}
