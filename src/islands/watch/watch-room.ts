/**
 * The room in which one looks on: status, tabs, one terminal. Follows what the server says there is to see, and closes
 * when it says that it is over. Knows nothing about how one came in.
 */
import type { Locale } from '../../course/locales.ts';
import { type WatchWords, watchWords } from '../../i18n/watch-words.ts';
import type { WatchView } from '../../protocol/watch.ts';
import { clockTime } from '../clock-time.ts';
import { element, setHidden, setText } from '../element.ts';
import type { ConnectionState } from '../terminal-pane/connection-state.ts';
import { createWatchTabs, panelId } from './watch-tabs.ts';
import { type WatchedTerminal, watchTerminal } from './watched-terminal.ts';

/** How the page stands, for its looks. */
type Mood = 'entering' | 'live' | 'waiting' | 'over';

/** The room and what changes it. */
export interface WatchRoom {
  show(view: WatchView): void;
  /** Whether the channel that tells what there is to see is open; and why it is not, where the server said so. */
  setConnected(isConnected: boolean, because?: string): void;
  /** The network may have changed: asks whether the server is still there. */
  probe(): void;
  /** Nothing more is to be seen; what was shown goes. */
  close(message: string): void;
}

/** What a room is made of. */
export interface WatchRoomOptions {
  readonly host: HTMLElement;
  readonly locale: Locale;
  /** Address of the terminals' socket. */
  readonly url: () => string;
  readonly signal: AbortSignal;
}

/** How long it is said that keys go nowhere, ms. */
const typedMs = 6000;

/** Fills `host`. */
export function createWatchRoom({ host, locale, url, signal }: WatchRoomOptions): WatchRoom {
  const words = watchWords(locale);
  const status = element('p', { role: 'status', class: 'tw-status' });
  const until = element('span', { class: 'tw-until' });
  const typed = element('p', { role: 'status', class: 'tw-typed' });
  const panel = element('div', { id: panelId, role: 'region', 'aria-label': words.screen, class: 'tw-panel' });
  const tabs = createWatchTabs({
    label: words.tabs,
    nameOf: (name) => words.terminal(name.slice(1)),
    onSelect: (name) => look(name),
    signal,
  });
  const badge = element('span', { class: 'tw-badge' }, words.badge);
  host.replaceChildren(element('div', { class: 'tw-head' }, badge, status, until), tabs.host, panel, typed);

  let view: WatchView | undefined;
  let active: string | undefined;
  let shown: { readonly terminal: WatchedTerminal; readonly life: AbortController } | undefined;
  let state: ConnectionState = { kind: 'connecting', waitingChars: 0, isAgain: false };
  let isConnected = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (mood: Mood, sentence: string) => {
    host.dataset['state'] = mood;
    setText(status, sentence);
  };
  const update = () => {
    const { mood, sentence } = describe(words, { view, state, isConnected, hasTerminal: shown !== undefined });
    say(mood, sentence);
    setHidden(panel, shown === undefined);
  };
  const leave = () => {
    shown?.life.abort();
    shown = undefined;
    panel.replaceChildren();
  };
  const handleTyped = () => {
    setText(typed, words.typed);
    clearTimeout(timer);
    timer = setTimeout(() => setText(typed, ''), typedMs);
  };
  const look = (name: string | undefined) => {
    const known = view?.terminals.find((each) => each.name === name);
    if (name !== active) leave();
    active = known?.name;
    tabs.show(view?.terminals.map((each) => each.name) ?? [], active);
    if (!known) leave();
    else if (shown) shown.terminal.follow(known.epoch);
    else shown = open(known.name, known.epoch);
    update();
  };
  const open = (name: string, epoch: string) => {
    const life = new AbortController();
    signal.addEventListener('abort', () => life.abort(), { signal: life.signal });
    const screenHost = element('div', { class: 'tw-screen' });
    panel.append(screenHost);
    setHidden(panel, false); // Before the screen measures it.
    const terminal = watchTerminal({
      ...{ host: screenHost, url: url(), name, epoch, label: `${words.terminal(name.slice(1))}, ${words.screen}` },
      onState: (next) => {
        state = next;
        update();
      },
      onTyped: handleTyped,
      signal: life.signal,
    });
    return { terminal, life };
  };

  say('entering', words.entering);
  setHidden(panel, true);
  return {
    show: (next) => {
      view = next;
      setText(until, words.until(clockTime(next.endsAt, locale)));
      look(next.terminals.some(({ name }) => name === active) ? active : next.terminals[0]?.name);
    },
    setConnected: (next, because) => {
      isConnected = next;
      if (because !== undefined) say('waiting', because);
      else if (view) update();
    },
    probe: () => shown?.terminal.probe(),
    close: (message) => {
      view = undefined;
      look(undefined);
      tabs.show([], undefined);
      setText(until, '');
      setText(typed, '');
      say('over', message);
    },
  };
}

interface Seen {
  readonly view: WatchView | undefined;
  readonly state: ConnectionState;
  readonly isConnected: boolean;
  readonly hasTerminal: boolean;
}

function describe(words: WatchWords, seen: Seen): { readonly mood: Mood; readonly sentence: string } {
  const { view, state, isConnected, hasTerminal } = seen;
  if (!isConnected || (hasTerminal && state.kind === 'waiting')) return { mood: 'waiting', sentence: words.waiting };
  if (!view?.hasLab) return { mood: 'entering', sentence: words.noLab };
  if (!hasTerminal) return { mood: 'entering', sentence: words.noTerminal };
  if (state.kind === 'exited') return { mood: 'entering', sentence: words.exited };
  if (state.kind === 'attached') return { mood: 'live', sentence: words.live };
  return { mood: 'entering', sentence: words.connecting };
}
