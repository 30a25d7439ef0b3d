/**
 * The commands printed in a lesson: a click types one into the terminal, a second click runs it.
 * Knows nothing about xterm.js or the lab: it asks the page's terminal.
 */
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
    },
    { signal: page.signal },
  );
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
