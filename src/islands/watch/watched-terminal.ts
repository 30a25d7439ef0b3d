/**
 * One terminal of somebody else: its screen in its owner's size, and a connection on which nothing is ever typed.
 * Knows nothing about links and tabs.
 */
import { createStore } from '../store.ts';
import type { ConnectionState } from '../terminal-pane/connection-state.ts';
import { createScreen } from '../terminal-pane/screen.ts';
import { createSettings } from '../terminal-pane/settings.ts';
import { TerminalConnection } from '../terminal-pane/terminal-connection.ts';
import { createViewerId } from '../terminal-pane/viewer-id.ts';
import { onPageHiding, onPageWake } from '../wake.ts';
import { fitFont, fontLimits } from './fit-font.ts';
import { readKeys } from './read-keys.ts';

/** What a watched terminal is made of. */
export interface WatchedTerminalOptions {
  readonly host: HTMLElement;
  readonly url: string;
  /** Name of the terminal, e.g. `t1`. */
  readonly name: string;
  /** The life that is known when it is made. */
  readonly epoch: string;
  /** Name of the screen for screen readers. */
  readonly label: string;
  readonly onState: (state: ConnectionState) => void;
  /** Somebody pressed a key that would have typed something. */
  readonly onTyped: () => void;
  readonly signal: AbortSignal;
}

/** A watched terminal as its page sees it. */
export interface WatchedTerminal {
  /** The terminal's life now: a new shell is looked at by itself. */
  follow(epoch: string): void;
  /** The network may have changed under the socket: asks whether the server is still there. */
  probe(): void;
}

/** Said when attaching; who looks on decides no size, so any will do. */
const size = { cols: 80, rows: 24 };

/** Shows a terminal in `host` until the signal aborts. */
export function watchTerminal(options: WatchedTerminalOptions): WatchedTerminal {
  const { host, url, name, label, signal } = options;
  let { epoch } = options;
  // The text size changes with the owner's window, so these are a copy: the visitor's own settings stay.
  const settings = createStore(createSettings(localStorage, signal).get());
  // Somebody else's programs do not fill this visitor's clipboard: all is history to it.
  const screen = createScreen({ host, label, settings, isHistory: () => true, signal });
  const { terminal } = screen;
  terminal.options.disableStdin = true;
  readKeys(terminal, options.onTyped);

  const fit = () => {
    const drawn = host.querySelector<HTMLElement>('.xterm-screen');
    if (!drawn || host.clientWidth === 0) return;
    const room = roomOf(host);
    const measure = () => ({ width: drawn.offsetWidth, height: drawn.offsetHeight });
    const change = (fontSize: number) => fontSize !== settings.get().fontSize && settings.set({ fontSize });
    change(fitFont(settings.get().fontSize, measure(), room));
    // Cells are whole pixels high: what fits by proportion may still be a row too much.
    const { height } = measure();
    if (height > room.height) change(Math.max(fontLimits.least, settings.get().fontSize - 0.5));
  };
  const observer = new ResizeObserver(fit);
  observer.observe(host);
  signal.addEventListener('abort', () => observer.disconnect());

  const connection = new TerminalConnection({
    ...{ url, signal, terminal: name, viewer: createViewerId(), size: () => size },
    ...{ wake: onPageWake, hiding: onPageHiding },
    screen: { write: (bytes, done) => terminal.write(bytes, done) },
    onState: options.onState,
    onNotice: () => {}, // All are about what was typed.
    onSize: (rule) => {
      terminal.resize(rule.size.cols, rule.size.rows);
      fit();
    },
  });
  return {
    probe: () => connection.probe(),
    follow: (next) => {
      if (next === epoch) return;
      epoch = next;
      connection.reconnect();
    },
  };
}

function roomOf(host: HTMLElement): { readonly width: number; readonly height: number } {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(host);
  return {
    width: host.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight),
    height: host.clientHeight - Number.parseFloat(paddingTop) - Number.parseFloat(paddingBottom),
  };
}
