/**
 * Everything that happened in one lesson's play, in order, as text for the author: what was run, what was typed, what
 * was seen. Written as it comes, so that one can watch a long play. Knows nothing about what it means.
 */
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ExecResult } from '../lab/lab.ts';

/** Longest output of one script that is kept, characters. */
const keptChars = 4_000;

/** Takes what happens. */
export class Transcript {
  readonly path: string;
  readonly #now: () => number;
  readonly #began: number;

  /** Begins the file anew. */
  constructor(path: string, now: () => number) {
    this.path = path;
    this.#now = now;
    this.#began = now();
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
  }

  /** A line of our own. */
  note(line: string): void {
    const seconds = ((this.#now() - this.#began) / 1000).toFixed(1).padStart(7);
    this.#write(`[${seconds} s] ${line}`);
  }

  /** Something printed, indented. */
  quote(text: string): void {
    const lines = text.length > keptChars ? `…${text.slice(-keptChars)}` : text;
    if (lines.trim() !== '') this.#write(lines.replace(/^/gm, '    | ').trimEnd());
  }

  /** A script that was run in the lab over the second channel. */
  ran(path: string, result: ExecResult): void {
    if (result.kind === 'unreachable') this.note(`${path}: ${result.fault.message}`);
    else if (result.kind === 'timed-out') this.note(`${path}: no end within ${result.afterMs} ms`);
    else this.note(`${path}: exit ${result.exitCode} after ${Math.round(result.durationMs)} ms`);
    if (result.kind === 'unreachable') return;
    this.quote(result.stdout);
    this.quote(result.stderr);
  }

  /** Removes the file: nothing in it needs to be looked at. */
  drop(): void {
    rmSync(this.path, { force: true });
  }

  #write(text: string): void {
    appendFileSync(this.path, `${text}\n`);
  }
}
