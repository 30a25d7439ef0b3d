/**
 * The learners' recordings: files in a folder for each of them, made only when a learner asks, and deleted after their
 * time. Names of files say all that there is to know: `<ms since the epoch>-<terminal>.cast`.
 * Knows nothing about labs and pages.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LearnerId, TerminalName } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { RecordingView } from '../../src/protocol/api.ts';
import { type RecordedTerminal, Recorder } from './recorder.ts';

/** Bounds of the shelf. */
export interface ShelfLimits {
  /** How long a recording is kept after it ended, ms; 0 when nothing may be recorded. */
  readonly keepMs: number;
  /** Largest recording, bytes. */
  readonly maxBytes: number;
  /** Most recordings of one learner; the oldest goes. */
  readonly most: number;
}

/** What a shelf is made of. */
export interface ShelfOptions extends ShelfLimits {
  readonly folder: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** An hour of work is about 2 MB; ten of the largest are 100 MB a learner. */
export const usualShelfLimits = { maxBytes: 10 * 1024 * 1024, most: 10 } as const;
const sweepEveryMs = 60 * 60 * 1000;
const idPattern = /^(\d{13})-(t\d{1,2})$/;

interface Running {
  readonly recorder: Recorder;
  readonly learner: LearnerId;
  readonly id: string;
}

/** Keeps recordings. */
export class RecordingShelf implements AsyncDisposable {
  readonly keepMs: number;
  readonly #options: ShelfOptions;
  readonly #running = new Map<string, Running>();
  /** Recordings that ended by themselves. */
  readonly #reasons = new Map<string, RecordingView['endedBy']>();
  readonly #listeners = new Set<(learner: LearnerId) => void>();
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(options: ShelfOptions) {
    this.#options = options;
    this.keepMs = options.keepMs;
    this.sweep();
    this.#timer = setInterval(() => this.sweep(), sweepEveryMs);
    this.#timer.unref();
  }

  /** A learner's recordings are other ones now. */
  onChange(listener: (learner: LearnerId) => void): void {
    this.#listeners.add(listener);
  }

  /** Begins to record a terminal; nothing changes when it is recorded already. Throws Fault `not-found` where nothing may be. */
  start(learner: LearnerId, name: TerminalName, terminal: RecordedTerminal): void {
    if (this.keepMs === 0) throw new Fault('not-found', { what: 'recordings' });
    const key = keyOf(learner, name);
    if (this.#running.has(key)) return;
    mkdirSync(this.#folderOf(learner), { recursive: true, mode: 0o700 });
    this.#makeRoom(learner);
    const startedAt = this.#options.now();
    const id = `${startedAt}-${name}`;
    const recorder = new Recorder({
      ...{ terminal, startedAt, maxBytes: this.#options.maxBytes, path: this.#pathOf(learner, id) },
      onEnd: (reason) => {
        this.#running.delete(key);
        if (reason !== undefined) this.#reasons.set(id, reason);
        this.#tell(learner);
      },
    });
    this.#running.set(key, { recorder, learner, id });
    this.#tell(learner);
  }

  /** Ends the recording of a terminal, if there is one. */
  async stop(learner: LearnerId, name: TerminalName): Promise<void> {
    await this.#running.get(keyOf(learner, name))?.recorder.stop();
  }

  /** A learner's recordings, oldest first. */
  list(learner: LearnerId): readonly RecordingView[] {
    return this.#idsOf(learner).flatMap((id) => this.#viewOf(learner, id));
  }

  /** The file of a recording. Throws Fault `not-found`. */
  pathOf(learner: LearnerId, id: string): string {
    if (!this.#idsOf(learner).includes(id)) throw new Fault('not-found', { what: `recording ${id}` });
    return this.#pathOf(learner, id);
  }

  /** Deletes a recording, also one that runs. Throws Fault `not-found`. */
  async remove(learner: LearnerId, id: string): Promise<void> {
    const path = this.pathOf(learner, id);
    const running = [...this.#running.values()].find((each) => each.learner === learner && each.id === id);
    await running?.recorder.stop();
    rmSync(path, { force: true });
    this.#reasons.delete(id);
    this.#tell(learner);
  }

  /** Deletes what is older than it may be. */
  sweep(): void {
    for (const learner of namesIn(this.#options.folder) as LearnerId[]) {
      for (const { id, endedAt } of this.list(learner)) {
        const isOld = endedAt !== undefined && endedAt + this.keepMs <= this.#options.now();
        if (isOld) rmSync(this.#pathOf(learner, id), { force: true });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    this.#listeners.clear();
    await Promise.all([...this.#running.values()].map(({ recorder }) => recorder.stop()));
  }

  #makeRoom(learner: LearnerId): void {
    const ids = this.#idsOf(learner).filter((id) => !this.#isRunning(learner, id));
    for (const id of ids.slice(0, Math.max(0, ids.length + 1 - this.#options.most))) {
      rmSync(this.#pathOf(learner, id), { force: true });
    }
  }

  #viewOf(learner: LearnerId, id: string): RecordingView[] {
    const [, startedAt, terminal] = idPattern.exec(id) ?? [];
    const stat = statSync(this.#pathOf(learner, id), { throwIfNoEntry: false });
    const running = this.#running.get(keyOf(learner, terminal ?? ''));
    const isRunning = running?.id === id;
    if (terminal === undefined || (stat === undefined && !isRunning)) return [];
    const bytes = isRunning ? running.recorder.bytes : (stat?.size ?? 0);
    const ended = isRunning ? {} : { endedAt: Math.round(stat?.mtimeMs ?? 0) };
    const endedBy = this.#reasons.get(id);
    return [{ id, terminal, startedAt: Number(startedAt), bytes, ...ended, ...(endedBy && { endedBy }) }];
  }

  #isRunning(learner: LearnerId, id: string): boolean {
    return [...this.#running.values()].some((each) => each.learner === learner && each.id === id);
  }

  /** Ids by age; one that was just begun may have no file yet. */
  #idsOf(learner: LearnerId): readonly string[] {
    const files = namesIn(this.#folderOf(learner)).map((name) => name.replace(/\.cast$/, ''));
    const running = [...this.#running.values()].filter((each) => each.learner === learner).map(({ id }) => id);
    return [...new Set([...files, ...running])].filter((id) => idPattern.test(id)).sort();
  }

  #folderOf(learner: LearnerId): string {
    return join(this.#options.folder, encodeURIComponent(learner));
  }

  #pathOf(learner: LearnerId, id: string): string {
    return join(this.#folderOf(learner), `${id}.cast`);
  }

  #tell(learner: LearnerId): void {
    for (const listener of this.#listeners) listener(learner);
  }
}

function keyOf(learner: LearnerId, terminal: string): string {
  return `${learner} ${terminal}`;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
