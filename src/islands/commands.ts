/**
 * The commands printed in a lesson: a click types one into the terminal, a second click runs it; copying
 * leaves prompts and comments out.
 * Knows nothing about xterm.js or the lab: it asks the page's terminal.
 */
import { setText } from './element.ts';
import type { Page } from './page.ts';

/** How long a button says what happened. */
const feedbackMs = 4000;

/** Listens for clicks on commands anywhere in the page. */
export function wireCommands(page: Page): void {
  document.addEventListener(
    'click',
    (event) => {
      const target = event.target instanceof Element ? event.target : undefined;
      const type = target?.closest<HTMLElement>('[data-type-command]');
      if (type) void typeCommand(page, type);
      const copy = target?.closest<HTMLElement>('[data-copy]');
      if (copy) void copyCommand(page, copy);
    },
    { signal: page.signal },
  );
}

/** A block without its prompts, comment lines and blank edges. */
export function commandsOf(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^(?:\[[^\]]*\]|\S+@\S+)?[$#] (?=\S)/, (prompt) => (prompt === '# ' ? prompt : '')))
    .filter((line) => !/^\s*#(?!!)/.test(line))
    .join('\n')
    .trim();
}

async function typeCommand(page: Page, button: HTMLElement): Promise<void> {
  const command = button.dataset['typeCommand'];
  if (!command || !page.typeCommand) return;
  button.dispatchEvent(new CustomEvent('tadak:show-terminal', { bubbles: true }));
  const outcome = await page.typeCommand(command);
  const sentences = {
    typed: page.t['command.typed'],
    ran: page.t['command.ran'],
    'waits-for-lab': page.t['command.startsLab'],
  };
  page.announce(sentences[outcome]);
  button.dataset['typed'] = outcome;
  button.title = sentences[outcome];
  setTimeout(() => {
    delete button.dataset['typed'];
    button.removeAttribute('title');
  }, feedbackMs);
}

async function copyCommand(page: Page, button: HTMLElement): Promise<void> {
  const block = button.closest<HTMLElement>('[data-command]');
  const text =
    button.dataset['copy'] || commandsOf(block?.dataset['command'] ?? block?.querySelector('pre')?.textContent ?? '');
  const isCopied = await copyText(text);
  page.announce(isCopied ? page.t['command.copied'] : page.t['command.copyFailed']);
  if (!isCopied || button.dataset['copied'] !== undefined) return;
  const label = button.querySelector('[data-copy-label]') ?? (button.childElementCount === 0 ? button : undefined);
  const before = label?.textContent ?? '';
  button.dataset['copied'] = '';
  setText(label, page.t['command.copied']);
  setTimeout(() => {
    delete button.dataset['copied'];
    setText(label, before);
  }, feedbackMs);
}

/** Copies; also where the clipboard API is missing, which is every page that is not https or localhost. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;opacity:0';
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
