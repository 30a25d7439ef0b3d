/**
 * Every terminal of every lab: finds a living session or opens a new life of it. A session lives as long as
 * its lab, with or without viewers. Knows nothing about sockets, and of a lab only that it opens ptys.
 */
import type { LabId, LearnerId, TerminalName } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { Lab } from '../lab/lab.ts';
import { Listeners } from './listeners.ts';
import { TerminalSession } from './terminal-session.ts';

/** Bounds of a registry. */
export interface SessionLimits {
  /** Terminals that a lab may have at a time. */
  readonly terminalsPerLab: number;
  /** Output kept per terminal for returning viewers, bytes. */
  readonly backlogBytes: number;
}

/** What usual use needs, with room to spare. */
export const defaultSessionLimits: SessionLimits = { terminalsPerLab: 6, backlogBytes: 2 * 1024 * 1024 };

/** Which terminal is wanted, by whom. */
export interface OpenRequest {
  readonly learner: LearnerId;
  readonly lab: Pick<Lab, 'id' | 'openPty'>;
  readonly terminal: TerminalName;
  /** The page's viewer id and the life it shows: a page that has not heard of the end yet gets the end first. */
  readonly viewer: string;
  readonly epoch?: string | undefined;
  readonly size: TerminalSize;
  readonly signal: AbortSignal;
}

/** Finds and opens sessions. */
export interface SessionRegistry extends AsyncDisposable {
  /** The living session, or a new one. Throws a Fault. */
  open(request: OpenRequest): Promise<TerminalSession>;
  /** The lab is gone: prints `line` in its terminals and ends them. */
  endLab(labId: LabId, line: string): void;
  /** The sessions of a lab, living or ended. */
  sessionsOf(labId: LabId): readonly TerminalSession[];
  /** Called with every new session before anything is read from it. */
  onOpened(listener: (session: TerminalSession) => void): Disposable;
}

interface Place {
  session?: TerminalSession;
  opening?: Promise<TerminalSession>;
}

/** Settings of a registry. */
export interface RegistryOptions {
  readonly limits?: Partial<SessionLimits>;
  /** What a terminal shows before the first shell that is opened in it here. */
  readonly recallScreen?: (lab: LabId, terminal: TerminalName) => Promise<Uint8Array | undefined>;
}

/** Makes an empty registry. */
export function createSessionRegistry(options: RegistryOptions = {}): SessionRegistry {
  return new Registry(options);
}

class Registry implements SessionRegistry {
  readonly #limits: SessionLimits;
  readonly #labs = new Map<LabId, Map<TerminalName, Place>>();
  readonly #opened = new Listeners<TerminalSession>();
  readonly #recallScreen: NonNullable<RegistryOptions['recallScreen']>;
  readonly #end = new AbortController();

  constructor({ limits, recallScreen = async () => undefined }: RegistryOptions) {
    this.#limits = { ...defaultSessionLimits, ...limits };
    this.#recallScreen = recallScreen;
  }

  async open(request: OpenRequest): Promise<TerminalSession> {
    request.signal.throwIfAborted();
    if (this.#end.signal.aborted) throw new Fault('shutting-down');
    const place = this.#placeOf(request);
    const { session } = place;
    if (session !== undefined && !isOver(session, request)) return session;
    place.opening ??= this.#openNew(request, place).finally(() => delete place.opening);
    return await abortable(place.opening, request.signal);
  }

  endLab(labId: LabId, line: string): void {
    const places = this.#labs.get(labId);
    this.#labs.delete(labId);
    for (const { session } of places?.values() ?? []) session?.end(line);
  }

  sessionsOf(labId: LabId): readonly TerminalSession[] {
    return [...(this.#labs.get(labId)?.values() ?? [])].flatMap(({ session }) => session ?? []);
  }

  onOpened(listener: (session: TerminalSession) => void): Disposable {
    return this.#opened.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Fault('shutting-down'));
    const places = [...this.#labs.values()].flatMap((lab) => [...lab.values()]);
    this.#labs.clear();
    for (const { session } of places) session?.[Symbol.dispose]();
    await Promise.allSettled(places.map(({ opening }) => opening));
  }

  #placeOf({ learner, lab, terminal }: OpenRequest): Place {
    const places = this.#labs.get(lab.id) ?? new Map<TerminalName, Place>();
    const [anyone] = [...places.values()].flatMap(({ session }) => session ?? []);
    if (anyone !== undefined && anyone.learner !== learner) throw new Fault('not-yours');
    const known = places.get(terminal);
    if (known !== undefined) return known;
    makeRoom(places, this.#limits.terminalsPerLab);
    const place: Place = {};
    this.#labs.set(lab.id, places.set(terminal, place));
    return place;
  }

  /** Not ended by the caller's signal: others may wait for the same terminal by now. */
  async #openNew({ learner, lab, terminal, size }: OpenRequest, place: Place): Promise<TerminalSession> {
    const places = this.#labs.get(lab.id);
    try {
      const shownBefore = place.session ? undefined : await this.#recallScreen(lab.id, terminal);
      const pty = await lab.openPty(size, { signal: this.#end.signal });
      if (this.#labs.get(lab.id) !== places || this.#end.signal.aborted) {
        pty.kill();
        throw new Fault('lab-lost');
      }
      const { backlogBytes } = this.#limits;
      const what = { pty, learner, labId: lab.id, terminal, size, backlogBytes };
      const session = new TerminalSession({ ...what, ...(shownBefore && { shownBefore }) });
      place.session?.[Symbol.dispose]();
      place.session = session;
      this.#opened.emit(session);
      return session;
    } catch (error) {
      if (place.session === undefined) places?.delete(terminal);
      throw error;
    }
  }
}

/** Whether a new shell is wanted: the old one ended, and this page knows it or never saw it. */
function isOver(session: TerminalSession, { viewer, epoch }: OpenRequest): boolean {
  return session.exit !== undefined && (epoch !== session.epoch || session.hasInformed(viewer));
}

/** A terminal whose shell ended gives its place to a new one, unless somebody has it open; whoever only looks on keeps none. */
function makeRoom(places: Map<TerminalName, Place>, limit: number): void {
  if (places.size < limit) return;
  for (const [name, { session, opening }] of places) {
    if (session?.exit === undefined || session.viewerCount > 0 || opening !== undefined) continue;
    session[Symbol.dispose]();
    places.delete(name);
    return;
  }
  throw new Fault('too-many');
}

/** What the promise gives, unless the caller goes first. */
async function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
