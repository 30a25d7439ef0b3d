/**
 * One terminal of the pane: a screen, its connection, and everything around them.
 * Knows nothing about the other terminals.
 */

import { terminalWords } from '../../i18n/terminal-words.ts';
import { isTerminalAnswer } from '../../protocol/terminal-answer.ts';
import { element } from '../element.ts';
import { type Page, socketUrl, type TypedCommand } from '../page.ts';
import type { Store } from '../store.ts';
import { onPageHiding, onPageWake } from '../wake.ts';
import { createBell } from './bell.ts';
import { createClipboardTools } from './clipboard-tools.ts';
import { createCommandTools } from './command-tools.ts';
import { createCompositionPreview } from './composition-preview.ts';
import { createConnectAgain } from './connect-again.ts';
import { createFitting } from './fitting.ts';
import { isRecording, latestRecording } from './is-recording.ts';
import { createKeyBar } from './key-bar.ts';
import { mayAnswer } from './may-answer.ts';
import { createPaste, type Paste } from './paste.ts';
import { watchPrompt } from './prompt-line.ts';
import { createScreen } from './screen.ts';
import { createSearchBar } from './search-bar.ts';
import type { TerminalSettings } from './settings.ts';
import { createStatusLine } from './status-line.ts';
import type { TabNote } from './tab-note.ts';
import { TerminalConnection } from './terminal-connection.ts';
import { takeTextInput } from './text-input.ts';
import { touchKeyData, withModifiers } from './touch-keys.ts';
import { keysForCommand } from './type-command.ts';
import { createUnsentStore, keepUnsent } from './unsent-input.ts';
import { watchNotes } from './watch-notes.ts';
import { wireKeys } from './wire-keys.ts';

/** What a view is made of. */
export interface TerminalViewOptions {
  readonly page: Page;
  /** Number of the terminal: 1 is `t1`. */
  readonly number: number;
  readonly viewer: string;
  readonly host: HTMLElement;
  readonly settings: Store<TerminalSettings>;
  /** The learner leaves the terminal by the keyboard. */
  readonly onLeave: () => void;
  /** Something to show with the terminal's tab. */
  readonly onNote: (change: Partial<TabNote>) => void;
  readonly signal: AbortSignal;
}

/** One terminal as its pane sees it. */
export interface TerminalView {
  focus(): void;
  openSearch(): void;
  openHistory(): void;
  /** The selection to the clipboard, or the screen's text to choose from. */
  copy(): void;
  /** The clipboard, or what the learner puts into a box, to the shell. */
  paste(): void;
  /** To the previous (-1) or next (1) command. */
  jump(by: -1 | 1): void;
  /** The network may have changed under the socket: asks whether the server is still there. */
  probe(): void;
  /** The lab is there (again): a terminal that had given up tries again. */
  reopen(): void;
  typeCommand(command: string): Promise<TypedCommand>;
}

/** A shell that says nothing for this long after attaching is typed into as it is. */
const firstOutputMs = 1500;

/** Makes a terminal in `host` and connects it. */
export function createTerminalView(options: TerminalViewOptions): TerminalView {
  const { page, host, settings, signal } = options;
  const screenHost = element('div', { class: 'tp-screen' });
  host.append(screenHost);
  const isHistory = () => connection.isHistory;
  const screen = createScreen({ host: screenHost, label: page.t['terminal.label'], settings, isHistory, signal });
  const { terminal } = screen;
  const readPrompt = watchPrompt(terminal);
  let justTyped: string | undefined;

  const connectAgain = createConnectAgain(page, () => connection.reopen());
  const reopen = () => {
    connectAgain();
    terminal.focus();
  };
  const search = createSearchBar(screen, page, signal);
  const status = createStatusLine({
    page,
    onReopen: reopen,
    onDropInput: () => connection.dropWaitingInput(),
    hintId: `tadak-terminal-hint-${options.number}`,
    signal,
  });
  terminal.textarea?.setAttribute('aria-describedby', `tadak-terminal-hint-${options.number}`);
  const fitting = createFitting({
    screen,
    host: screenHost,
    onRoom: (size) => connection.resize(size),
    onForeignSize: status.showForeignSize,
    signal,
  });
  /** Opened by what this shell prints; whoever waits when one ends without a word waits for the next. */
  let whenTypable = createGate();
  const unsent = createUnsentStore(sessionStorage, options.viewer, options.number);
  const connection: TerminalConnection = new TerminalConnection({
    url: socketUrl('/ws/terminal'),
    terminal: `t${options.number}`,
    viewer: options.viewer,
    screen: {
      write: (bytes, done) => {
        const gate = whenTypable;
        terminal.write(bytes, () => {
          done();
          // Something stands before the cursor: a prompt.
          if (terminal.buffer.active.cursorX > 0) gate.open();
        });
      },
    },
    size: fitting.room,
    wake: onPageWake,
    hiding: onPageHiding,
    onState: (state) => {
      status.showState(state);
      host.dataset['state'] = state.kind;
      if (state.kind === 'attached') setTimeout(whenTypable.open, firstOutputMs);
      if (state.kind === 'exited' && whenTypable.isOpen) whenTypable = createGate();
    },
    onNotice: status.showNotice,
    onSize: fitting.follow,
    unsent,
    signal,
  });
  keepUnsent(unsent, () => connection.unsent, signal);
  /** At a terminal that is over all input is like a key: it asks for another shell. Returns whether it was. */
  const reopenIfOver = () => {
    justTyped = undefined;
    const isOver = connection.state.kind === 'exited' || connection.state.kind === 'ended';
    if (isOver) connectAgain();
    return isOver;
  };
  const keys = createKeyBar({
    page,
    onPress: () => textInput?.flush(),
    onKey: (key, held) => {
      if (reopenIfOver()) return;
      connection.typed(touchKeyData(key, terminal.modes.applicationCursorKeysMode, held));
    },
    signal,
  });
  host.append(search.host, status.host, keys.host);

  terminal.onData((data) => {
    if (!isTerminalAnswer(data)) connection.typed(withModifiers(data, keys.takeModifiers()));
    else if (mayAnswer(data, { isOurs: fitting.isOurs, isAttached: connection.state.kind === 'attached' }))
      connection.typed(data);
  });
  terminal.onBinary((data) => connection.send(Uint8Array.from(data, (char) => char.charCodeAt(0))));
  terminal.onKey(() => {
    justTyped = undefined;
  });
  const sendPaste = createPaste({ page, terminal, send: (bytes) => connection.send(bytes) });
  const paste: Paste = async (text) => {
    if (!reopenIfOver()) await sendPaste(text);
  };
  const clipboard = createClipboardTools({ page, terminal, paste, onNotice: status.showText });
  const preview = createCompositionPreview(terminal);
  const textInput =
    terminal.textarea &&
    takeTextInput({
      host: screenHost,
      field: terminal.textarea,
      onText: (text) => {
        if (!reopenIfOver()) terminal.input(text);
      },
      onPaste: (text) => void paste(text),
      onPreview: (text) => {
        preview(text);
        fitting.handleComposition(text !== '');
      },
      isUrgent: keys.isHolding,
      signal,
    });
  settings.watch(fitting.refit, signal);
  const isHidden = () => host.hasAttribute('hidden');
  const tools = createCommandTools({
    ...{ page, terminal, settings, signal, number: options.number, onNotice: status.showText },
    isSilent: () => connection.isHistory || isHidden(),
  });
  const ring = createBell(host, () => settings.get().bellSound);
  watchNotes(terminal, {
    onNote: options.onNote,
    onBell: () => {
      if (connection.isHistory) return;
      ring();
      options.onNote({ hasRung: isHidden() });
    },
  });
  let wasOn = false;
  page.state.watch(({ recordings }) => {
    const isOn = isRecording(recordings, options.number);
    if (isOn === wasOn) return;
    wasOn = isOn;
    status.showRecording(isOn);
    const endedBy = isOn ? undefined : latestRecording(recordings, options.number)?.endedBy;
    if (endedBy !== undefined) status.showText(terminalWords(page.locale).recordEndedBy[endedBy]);
    options.onNote({ isRecording: isOn });
  }, signal);
  // Who works in a terminal decides its size. Asked for on the way down: before xterm.js tells programs of the focus.
  const takeControl = () => !fitting.isOurs && connection.resize(fitting.room(), { takeControl: true });
  screenHost.addEventListener('focus', takeControl, { signal, capture: true });
  const actions = {
    leave: options.onLeave,
    search: search.open,
    history: () => void tools.openHistory(),
    'copy-output': () => void tools.copyLastOutput(),
    'previous-command': () => tools.jump(-1),
    'next-command': () => tools.jump(1),
  };
  wireKeys({ screen, host, connection, paste, onReopen: connectAgain, actions, signal });

  return {
    focus: () => terminal.focus(),
    openSearch: search.open,
    openHistory: actions.history,
    copy: () => void clipboard.copy(),
    paste: () => void clipboard.paste(),
    jump: tools.jump,
    probe: () => connection.probe(),
    reopen: () => connection.reopen(),
    typeCommand: async (command) => {
      connection.reopen();
      await whenTypable.opened;
      const { keys: typed, isRun } = keysForCommand(command, {
        prompt: readPrompt(),
        isBracketed: terminal.modes.bracketedPasteMode,
        runAtOnce: settings.get().runAtOnce,
        justTyped,
      });
      justTyped = isRun ? undefined : command;
      connection.typed(typed);
      terminal.scrollToBottom();
      return isRun ? 'ran' : 'typed';
    },
  };
}

interface Gate {
  readonly opened: Promise<void>;
  readonly isOpen: boolean;
  open(): void;
}

function createGate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isOpen = false;
  const open = () => {
    isOpen = true;
    resolve();
  };
  return {
    opened: promise,
    open,
    get isOpen() {
      return isOpen;
    },
  };
}
