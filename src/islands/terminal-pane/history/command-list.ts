/**
 * The commands of a terminal as a list whose headings the arrow keys walk along. Knows nothing about where they
 * come from.
 */
import type { CommandsView, CommandView } from '../../../protocol/api.ts';
import { element, setHidden } from '../../element.ts';
import { createEntry, type EntryOptions } from './command-entry.ts';

/** A list of commands. */
export interface CommandList {
  readonly host: HTMLElement;
  /** Adds what is new and renews what was running. */
  show(view: CommandsView): void;
  /** Number of the first command that may have changed since; 1 for all. */
  readonly wanted: number;
  focusLast(): boolean;
}

/** Makes an empty list. */
export function createCommandList(options: EntryOptions): CommandList {
  const { words, signal } = options;
  const none = element('p', { hidden: true }, words.none);
  const list = element('ol', { class: 'tp-commands', 'aria-label': words.list });
  const host = element('div', {}, none, list);
  let epoch: string | undefined;
  let wanted = 1;

  const headings = () => [...list.querySelectorAll<HTMLElement>('h3')];
  const put = (command: CommandView) => {
    const old = list.querySelector(`[data-number="${command.number}"]`);
    const entry = createEntry(command, options);
    if (!old) list.append(entry);
    // An entry that somebody reads stays as it is until they leave it.
    else if (!old.contains(document.activeElement)) old.replaceWith(entry);
  };
  const stop = (heading: HTMLElement | undefined) => {
    for (const each of headings()) each.tabIndex = each === heading ? 0 : -1;
  };
  list.addEventListener('keydown', (event) => walk(event, headings(), stop), { signal });
  return {
    host,
    get wanted() {
      return wanted;
    },
    show: (view) => {
      if (epoch !== view.epoch) list.replaceChildren();
      epoch = view.epoch;
      for (const command of view.commands) put(command);
      wanted =
        view.commands.find(({ endedAt }) => endedAt === undefined)?.number ?? (view.commands.at(-1)?.number ?? 0) + 1;
      setHidden(none, list.childElementCount > 0);
      if (!list.querySelector('h3[tabindex="0"]')) stop(headings().at(-1));
    },
    focusLast: () => {
      const last = headings().at(-1);
      stop(last);
      last?.focus();
      // Its output is what most came for.
      last?.closest('li')?.scrollIntoView({ block: 'start' });
      return last !== undefined;
    },
  };
}

function walk(event: KeyboardEvent, headings: HTMLElement[], stop: (heading: HTMLElement) => void): void {
  const at = headings.indexOf(event.target as HTMLElement);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: headings.length - 1 }[event.key];
  const heading = at < 0 || to === undefined ? undefined : headings[to];
  if (!heading) return;
  event.preventDefault();
  stop(heading);
  heading.focus();
  heading.scrollIntoView({ block: 'nearest' });
}
