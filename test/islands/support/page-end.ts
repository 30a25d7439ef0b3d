/**
 * The page's end of a terminal without a page: a connection with a screen that keeps the text it was given.
 */
import type { TerminalConnectionOptions } from '../../../src/islands/terminal-pane/connection-options.ts';
import type {
  ConnectionNotice,
  ConnectionState,
  SizeRule,
} from '../../../src/islands/terminal-pane/connection-state.ts';
import { TerminalConnection } from '../../../src/islands/terminal-pane/terminal-connection.ts';

/** A connection and what its page would show. */
export interface PageEnd extends Disposable {
  readonly connection: TerminalConnection;
  readonly states: ConnectionState[];
  readonly notices: ConnectionNotice[];
  readonly sizes: SizeRule[];
  /** Text on the screen; RIS clears it. */
  text(): string;
  /** While set, writes are kept back and called "not rendered". */
  holdWrites(isHeld: boolean): void;
  /** Renders the first few of the writes that are kept back. */
  renderHeld(count: number): void;
  wake(): void;
}

/** Connects to `url`. */
export function openPageEnd(
  url: string,
  options: Partial<Pick<TerminalConnectionOptions, 'openWithinMs' | 'unsent' | 'hiding'>> = {},
): PageEnd {
  const life = new AbortController();
  const states: ConnectionState[] = [];
  const notices: ConnectionNotice[] = [];
  const sizes: SizeRule[] = [];
  const wakers = new Set<() => void>();
  const decoder = new TextDecoder();
  let shown = '';
  let isHeld = false;
  const held: (() => void)[] = [];

  const parse = (bytes: Uint8Array, done: () => void) => {
    const text = decoder.decode(bytes, { stream: true });
    shown = (shown + text).split('\x1bc').at(-1) ?? '';
    // As xterm.js does: the answer to a question comes while the question is parsed.
    if (text.includes('\x1b[c')) connection.typed('\x1b[?62;4;9;22c');
    done();
  };
  const connection: TerminalConnection = new TerminalConnection({
    url,
    terminal: 't1',
    viewer: 'viewer-of-the-test',
    screen: {
      write: (bytes, done) => {
        if (isHeld) held.push(() => parse(bytes, done));
        else queueMicrotask(() => parse(bytes, done));
      },
    },
    size: () => ({ cols: 80, rows: 24 }),
    onState: (state) => states.push(state),
    onNotice: (notice) => notices.push(notice),
    onSize: (rule) => sizes.push(rule),
    wake: (listener) => wakers.add(listener),
    firstMs: 20,
    mostMs: 100,
    signal: life.signal,
    ...options,
  });
  return {
    connection,
    states,
    notices,
    sizes,
    text: () => shown,
    holdWrites: (hold) => {
      isHeld = hold;
      if (!hold) for (const write of held.splice(0)) write();
    },
    renderHeld: (count) => {
      for (const write of held.splice(0, count)) write();
    },
    wake: () => {
      for (const wake of wakers) wake();
    },
    [Symbol.dispose]: () => life.abort(),
  };
}
