/**
 * Keeps the terminal as large as its pane, or as large as another window wants it.
 * A resize in the middle of a Korean syllable would end it early, so it waits until the syllable is done.
 * Knows nothing about connections.
 */
import { sizeLimits } from '../../protocol/frame.ts';
import type { TerminalSize } from '../../protocol/terminal.ts';
import type { SizeRule } from './connection-state.ts';
import type { Screen } from './screen.ts';

/** Rest after the last change of the pane before the terminal follows; a drag changes it at every frame. */
const settleMs = 60;

/** Keeps a terminal fitting. */
export interface Fitting {
  /** Whether this window decides the size. */
  readonly isOurs: boolean;
  /** The size that the pane has room for. */
  room(): TerminalSize;
  /** The server says what counts. */
  follow(rule: SizeRule): void;
  /** Looks again at the pane, e.g. because the text size changed. */
  refit(): void;
  /** A syllable is in composition, or no longer is. */
  handleComposition(isOpen: boolean): void;
}

/** How a fitting speaks. */
export interface FittingOptions {
  readonly screen: Screen;
  readonly host: HTMLElement;
  /** Said after every look at the pane, also when nothing changed. */
  readonly onRoom: (size: TerminalSize) => void;
  /** Another window decides the size, or no longer does. */
  readonly onForeignSize: (size: TerminalSize | undefined) => void;
  readonly signal: AbortSignal;
}

/** Fits now and whenever the pane changes. */
export function createFitting({ screen, host, onRoom, onForeignSize, signal }: FittingOptions): Fitting {
  const { terminal } = screen;
  let isOurs = true;
  let isComposing = false;
  let last: TerminalSize = { cols: 80, rows: 24 };
  let timer: ReturnType<typeof setTimeout> | undefined;

  const room = (): TerminalSize => {
    const proposed = screen.fit.proposeDimensions();
    if (proposed && host.offsetParent !== null && proposed.cols > 0 && proposed.rows > 0) last = clampSize(proposed);
    return last;
  };
  const fit = (): TerminalSize => {
    const size = room();
    if (isOurs && (terminal.cols !== size.cols || terminal.rows !== size.rows)) terminal.resize(size.cols, size.rows);
    return size;
  };
  const handleChange = () => {
    if (!isComposing) onRoom(fit());
  };
  const refit = () => {
    clearTimeout(timer);
    timer = setTimeout(handleChange, settleMs);
  };
  const observer = new ResizeObserver(refit);
  observer.observe(host);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    clearTimeout(timer);
  });
  fit();
  return {
    get isOurs() {
      return isOurs;
    },
    room,
    refit,
    handleComposition: (isOpen) => {
      const wasOpen = isComposing;
      isComposing = isOpen;
      if (wasOpen && !isOpen) refit();
    },
    follow: (rule) => {
      isOurs = rule.isOurs;
      if (isOurs) handleChange();
      else terminal.resize(rule.size.cols, rule.size.rows);
      const isOther = terminal.cols !== room().cols || terminal.rows !== room().rows;
      onForeignSize(!isOurs && isOther ? rule.size : undefined);
    },
  };
}

function clampSize({ cols, rows }: TerminalSize): TerminalSize {
  const { minCols, maxCols, minRows, maxRows } = sizeLimits;
  return {
    cols: Math.min(maxCols, Math.max(minCols, Math.floor(cols))),
    rows: Math.min(maxRows, Math.max(minRows, Math.floor(rows))),
  };
}
