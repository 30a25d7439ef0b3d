/**
 * Whose size a terminal has: that of the viewer who typed or focused last among those attached. Who merely comes,
 * looks on or has another layout changes nothing for the others. Knows nothing about ptys or sockets.
 */
import { isSameSize, type TerminalSize } from '../../src/protocol/terminal.ts';
import { ResizeGate } from './resize-gate.ts';
import type { Viewer } from './viewer.ts';

/** What size control acts upon. */
export interface SizeControlOptions {
  readonly size: TerminalSize;
  /** Gives the pty its new size. */
  readonly apply: (size: TerminalSize) => void;
}

/** The viewers of a terminal in the order of control, and its size. */
export class SizeControl implements Disposable {
  /** In the order of control: who had it last stands last. */
  #viewers: readonly Viewer[] = [];
  /** Who has it: the last of them that is not read-only. */
  #controller: Viewer | undefined;
  readonly #apply: (size: TerminalSize) => void;
  readonly #gate = new ResizeGate((size) => this.#change(size));
  #size: TerminalSize;

  constructor({ size, apply }: SizeControlOptions) {
    this.#size = size;
    this.#apply = apply;
  }

  /** The terminal's size now. */
  get size(): TerminalSize {
    return this.#size;
  }

  /** A viewer comes: it takes control when nobody has it, or when it had it before its connection was replaced. */
  join(viewer: Viewer, { asController }: { readonly asController: boolean }): void {
    const takesControl = !viewer.readOnly && (asController || this.#controller === undefined);
    // Before it is one of those that are told: its answer to `attach` carries the size.
    if (takesControl) this.#request(viewer.size);
    this.#order(takesControl ? [...this.#viewers, viewer] : [viewer, ...this.#viewers]);
  }

  /** A viewer goes; returns whether it was in control. */
  leave(viewer: Viewer): boolean {
    const wasInControl = viewer === this.#controller;
    this.#order(this.#viewers.filter((each) => each !== viewer));
    return wasInControl;
  }

  /** The one in control is gone for good: the terminal takes the size of the next. */
  passOn(): void {
    const next = this.#controller;
    if (next === undefined) return;
    this.#request(next.size);
    this.tell(next);
  }

  /** Whether a viewer's size is the terminal's. */
  isInControl(viewer: Viewer): boolean {
    return viewer === this.#controller;
  }

  /** A viewer typed or focused, or the one in control resized. */
  take(viewer: Viewer): void {
    const before = this.#controller;
    if (before !== viewer) this.#order([...this.#viewers.filter((each) => each !== viewer), viewer]);
    this.#request(viewer.size);
    if (before !== viewer) for (const each of [before, viewer]) if (each !== undefined) this.tell(each);
  }

  /** Tells a viewer the size and whether it is in control. */
  tell(viewer: Viewer): void {
    viewer.tellSize(this.#size, viewer === this.#controller);
  }

  [Symbol.dispose](): void {
    this.#gate[Symbol.dispose]();
  }

  #order(viewers: readonly Viewer[]): void {
    this.#viewers = viewers;
    this.#controller = viewers.findLast((viewer) => !viewer.readOnly);
  }

  /** Also takes back a size that somebody asked for a moment before and that is still to be applied. */
  #request(size: TerminalSize): void {
    if (!isSameSize(size, this.#gate.waiting ?? this.#size)) this.#gate.request(size);
  }

  #change(size: TerminalSize): void {
    if (isSameSize(size, this.#size)) return;
    this.#size = size;
    this.#apply(size);
    for (const viewer of this.#viewers) this.tell(viewer);
  }
}
