/**
 * Which size a terminal had when it printed what: output that is repeated looks right only in the size that it was printed for.
 * Knows nothing about viewers.
 */
import type { TerminalSize } from '../../src/protocol/terminal.ts';

/** Changes that are remembered; whoever drags a window for minutes is shown the screen instead. */
const maxChanges = 100;

interface SizeChange {
  /** Number of the first byte that was printed in this size. */
  readonly at: number;
  readonly size: TerminalSize;
}

/** The sizes of one life of a terminal. */
export class SizeTrail {
  /** Oldest first; the last one holds now. Never empty. */
  #changes: SizeChange[];

  constructor(size: TerminalSize) {
    this.#changes = [{ at: 0, size }];
  }

  /** The size holds for what is printed from `at` on. */
  note(at: number, size: TerminalSize): void {
    if (this.#changes.at(-1)?.at === at) this.#changes.pop();
    this.#changes.push({ at, size });
    if (this.#changes.length > maxChanges) this.#changes.shift();
  }

  /** Output before this was printed in sizes that are forgotten. */
  get start(): number {
    return this.#changes[0]?.at ?? 0;
  }

  /** The size in which the byte with this number was, or will be, printed. */
  at(seq: number): TerminalSize {
    const change = this.#changes.findLast(({ at }) => at <= seq) ?? this.#changes[0];
    if (change === undefined) throw new Error('a terminal without a size');
    return change.size;
  }

  /** Where the size changes next after `seq`; nowhere when it holds to the end. */
  nextAfter(seq: number): number | undefined {
    return this.#changes.find(({ at }) => at > seq)?.at;
  }
}
