/**
 * A folder for each running lab, `<data>/labs/<lab>/`: what the server must still know about it after it was started anew.
 * Knows nothing about what that is.
 */
import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabId } from '../../src/course/ids.ts';
import { writeWholeFile } from '../host/whole-file.ts';

/** Reads and writes small files of labs, for each lab in the order of asking. */
export class LabFolders implements AsyncDisposable {
  readonly #root: string | undefined;
  readonly #log: (line: string, details?: Record<string, string | number>) => void;
  readonly #works = new Map<LabId, Promise<boolean>>();
  readonly #forgotten = new Set<LabId>();

  /** `root` need not exist; without one nothing is kept. A full disk and the like go to `log`. */
  constructor(root: string | undefined, log: (line: string, details?: Record<string, string | number>) => void) {
    this.#root = root;
    this.#log = log;
  }

  /**
   * Writes a file, whole or not at all; readable by this user alone. Does nothing for a lab that was forgotten. False when it could
   * not be written.
   */
  write(lab: LabId, name: string, content: string | Uint8Array): Promise<boolean> {
    return this.#next(lab, async () => {
      if (this.#root === undefined || this.#forgotten.has(lab)) return;
      const folder = join(this.#root, lab);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWholeFile(join(folder, name), content);
    });
  }

  /** Adds to a file that was written before; a crash may leave a part of it. False when it could not be written. */
  append(lab: LabId, name: string, content: Uint8Array): Promise<boolean> {
    return this.#next(lab, async () => {
      if (this.#root === undefined || this.#forgotten.has(lab)) return;
      await appendFile(join(this.#root, lab, name), content);
    });
  }

  /** The file's content; `undefined` when there is none. */
  async read(lab: LabId, name: string): Promise<Buffer | undefined> {
    await this.#works.get(lab);
    if (this.#root === undefined) return undefined;
    return readFile(join(this.#root, lab, name)).catch(() => undefined);
  }

  /** Removes one file. */
  async remove(lab: LabId, name: string): Promise<void> {
    await this.#next(lab, () => this.#remove(lab, name));
  }

  /** Removes all that is known about a lab, for good. */
  async forget(lab: LabId): Promise<void> {
    this.#forgotten.add(lab);
    await this.#next(lab, () => this.#remove(lab));
  }

  /** Removes the folders of all labs but these. */
  async keepOnly(labs: ReadonlySet<string>): Promise<void> {
    const names = this.#root === undefined ? [] : await readdir(this.#root).catch(() => []);
    await Promise.all(names.filter((name) => !labs.has(name)).map((name) => this.forget(name as LabId)));
  }

  /** Resolves when everything is written. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#works.values());
  }

  async #remove(...names: readonly string[]): Promise<void> {
    if (this.#root !== undefined) await rm(join(this.#root, ...names), { recursive: true, force: true });
  }

  #next(lab: LabId, work: () => Promise<void>): Promise<boolean> {
    const mine = (this.#works.get(lab) ?? Promise.resolve(true)).then(work).then(
      () => true,
      (thrown: unknown) => {
        this.#log('what is known about a lab cannot be written', { lab, message: String(thrown) });
        return false;
      },
    );
    this.#works.set(lab, mine);
    void mine.then(() => {
      if (this.#works.get(lab) === mine) this.#works.delete(lab);
    });
    return mine;
  }
}
