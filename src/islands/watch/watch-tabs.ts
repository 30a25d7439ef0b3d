/**
 * The tabs of the terminals that one looks at; none while there is but one. Knows nothing about what a tab holds.
 */
import { button, element, setHidden } from '../element.ts';
import { handleTabArrow } from '../tab-arrows.ts';

/** Id of the panel that every tab controls. */
export const panelId = 'tadak-watch-panel';

/** What the tabs need. */
export interface WatchTabsOptions {
  /** Name of the list. */
  readonly label: string;
  readonly nameOf: (terminal: string) => string;
  readonly onSelect: (terminal: string) => void;
  readonly signal: AbortSignal;
}

/** The tabs and what changes them. */
export interface WatchTabs {
  readonly host: HTMLElement;
  show(terminals: readonly string[], active: string | undefined): void;
}

/** Makes the tabs. */
export function createWatchTabs({ label, nameOf, onSelect, signal }: WatchTabsOptions): WatchTabs {
  const host = element('div', { role: 'tablist', 'aria-label': label, class: 'tw-tabs', hidden: true });
  host.addEventListener('keydown', (event) => handleTabArrow(event, host), { signal });
  let shown = '';
  const makeTab = (terminal: string, isActive: boolean) =>
    button(nameOf(terminal), () => onSelect(terminal), {
      ...{ signal, role: 'tab', 'aria-selected': String(isActive), 'aria-controls': panelId },
      tabindex: isActive ? '0' : '-1',
    });
  return {
    host,
    show: (terminals, active) => {
      const next = [active, ...terminals].join();
      if (next === shown) return;
      shown = next;
      const hadFocus = host.contains(document.activeElement);
      host.replaceChildren(...terminals.map((terminal) => makeTab(terminal, terminal === active)));
      setHidden(host, terminals.length < 2);
      if (hadFocus) host.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    },
  };
}
