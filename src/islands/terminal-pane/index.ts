/**
 * The terminal pane, loaded when it is first needed: up to six terminals of the learner's lab behind tabs.
 * Knows nothing about lessons.
 */
import xtermCss from '@xterm/xterm/css/xterm.css?inline';
import type { RecordingsView } from '../../protocol/api.ts';
import { element, setHidden } from '../element.ts';
import type { Page, TypedCommand } from '../page.ts';
import { adoptCss } from '../style-sheet.ts';
import { hide, keepOpenTerminals, loadOpenTerminals, type OpenTerminals, openNext } from './open-terminals.ts';
import { createSettings } from './settings.ts';
import { openSettings } from './settings-dialog.ts';
import { createTabBar, tabIds } from './tab-bar.ts';
import paneCss from './terminal-pane.css?inline';
import { createTerminalView, type TerminalView } from './terminal-view.ts';
import { claimViewerId } from './viewer-id.ts';
import { readLink } from './watch-link/owner-link.ts';
import { openWatchDialog } from './watch-link/watch-dialog.ts';
import { createWatchStrip } from './watch-link/watch-strip.ts';

/** The pane as the page sees it. */
export interface TerminalPane {
  /** Puts a command into the terminal that is shown. */
  typeCommand(command: string): Promise<TypedCommand>;
}

interface Panel {
  readonly host: HTMLElement;
  readonly view: TerminalView;
  readonly life: AbortController;
}

/** Fills `host` with terminals until the signal aborts. */
export function mountTerminalPane(host: HTMLElement, page: Page, signal: AbortSignal): TerminalPane {
  adoptCss(xtermCss);
  adoptCss(paneCss);
  const settings = createSettings(localStorage, signal);
  const viewer = claimViewerId(sessionStorage, signal);
  const panels = new Map<number, Panel>();
  let terminals = loadOpenTerminals(sessionStorage);

  const active = () => panelOf(terminals.active).view;
  const show = (next: OpenTerminals) => {
    terminals = next;
    keepOpenTerminals(sessionStorage, next);
    for (const [number, panel] of panels) if (!next.open.includes(number)) closePanel(number, panel);
    panelOf(next.active);
    for (const [number, panel] of panels) setHidden(panel.host, number !== next.active);
    bar.show(next);
  };
  const closePanel = (number: number, panel: Panel) => {
    panel.life.abort();
    panel.host.remove();
    panels.delete(number);
  };
  const showAndFocus = (next: OpenTerminals) => {
    show(next);
    active().focus();
  };
  const bar = createTabBar({
    page,
    signal,
    onSelect: (number) => show({ ...terminals, active: number }),
    onNew: () => showAndFocus(openNext(terminals)),
    onHide: () => showAndFocus(hide(terminals, terminals.active)),
    onJump: (by) => active().jump(by),
    onCopy: () => active().copy(),
    onPaste: () => active().paste(),
    onHistory: () => active().openHistory(),
    onWatch: () => openWatchDialog(page, signal),
    onSearch: () => active().openSearch(),
    onSettings: () => openSettings(settings, page),
  });
  host.append(bar.host, createWatchStrip(page, signal));
  show(terminals);
  followLab();
  page.state.watch(({ watchLink }) => bar.offerWatch((watchLink?.lastsMs ?? 0) > 0), signal);
  void readLink(page);
  void page.api.call<RecordingsView>('GET', '/recordings').then((answer) => {
    if (answer.ok) page.state.set({ recordings: answer.value });
  });
  return { typeCommand: (command) => active().typeCommand(command) };

  function panelOf(number: number): Panel {
    const known = panels.get(number);
    if (known) return known;
    const { tab, panel } = tabIds(number);
    const life = new AbortController();
    signal.addEventListener('abort', () => life.abort());
    const panelHost = element('div', { class: 'tp-panel', role: 'tabpanel', id: panel, 'aria-labelledby': tab });
    host.append(panelHost);
    const view = createTerminalView({
      page,
      number,
      viewer,
      host: panelHost,
      settings,
      onLeave: bar.focusActive,
      onNote: (change) => bar.note(number, change),
      signal: life.signal,
    });
    const made = { host: panelHost, view, life };
    panels.set(number, made);
    return made;
  }

  /** A fresh machine, or one that came back, gets its terminals again; so does a page whose network changed. */
  function followLab(): void {
    let before = page.state.get();
    page.state.watch((state) => {
      const isBack = state.lab?.state === 'ready' && (before.lab?.state !== 'ready' || before.lab.id !== state.lab.id);
      const isSuspect = state.suspicions !== before.suspicions;
      before = state;
      for (const { view } of panels.values()) {
        if (isBack) view.reopen();
        if (isSuspect) view.probe();
      }
    }, signal);
  }
}
