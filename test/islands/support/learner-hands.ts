/**
 * What a learner does at a page and what they see: starts the lab, types, composes Hangul, reads the screen.
 */
import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Input field of the terminal that is shown. */
export const field = '.tp-panel:not([hidden]) .xterm-helper-textarea';

/** Starts the lab and waits for the prompt. */
export async function startLab(page: Page): Promise<void> {
  await page.click('[data-lab-start]');
  await sees(page, /\$|#/);
  await page.focus(field);
}

/** Text of the terminal that is shown, lines without trailing blanks. */
export function screenText(page: Page): Promise<string> {
  return page.evaluate<string>(
    `[...document.querySelectorAll('.tp-panel:not([hidden]) .xterm-rows > div')].map((row) => row.textContent.replaceAll('\\u00a0', ' ').trimEnd()).join('\\n').trimEnd()`,
  );
}

/** Waits until the terminal shows something. */
export async function sees(page: Page, what: string | RegExp, withinMs = 60_000): Promise<string> {
  return until(
    `the terminal shows ${what}`,
    async () => {
      const text = await screenText(page);
      return (typeof what === 'string' ? text.includes(what) : what.test(text)) ? text : undefined;
    },
    { withinMs, seen: async () => ({ text: await screenText(page), around: await page.evaluate(aroundTheScreen) }) },
  );
}

/** What else tells why a screen shows nothing. */
const aroundTheScreen = `({
  lab: document.querySelector('tadak-lab-status')?.dataset.state,
  dock: document.querySelector('tadak-dock')?.innerText.slice(0, 400),
  panels: [...document.querySelectorAll('.tp-panel')].map((panel) => [panel.hidden, panel.dataset.state, panel.querySelectorAll('.xterm-rows > div').length]),
})`;

/** Types a command and Enter. */
export async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}

/** Waits until an expression in the page is true. */
export async function holds(page: Page, expression: string, withinMs = 45_000): Promise<void> {
  await until(expression, async () => (await page.evaluate<boolean>(expression)) || undefined, {
    withinMs,
    seen: () => page.evaluate<string>('document.body.innerText.slice(0, 2000)'),
  });
}

/**
 * Types Hangul as a two-set keyboard does: each stroke changes the syllable in composition, and the next
 * syllable begins within the stroke that ends the one before. `strokes` are the texts in composition.
 */
export async function compose(page: Page, strokes: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  let composed = '';
  for (const stroke of strokes) {
    const key = { windowsVirtualKeyCode: 229, key: 'Process', code: 'KeyR' };
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    // Two syllables: the first one is done, the second one goes on.
    const [done, open] = stroke.length > 1 ? [stroke.slice(0, -1), stroke.slice(-1)] : ['', stroke];
    if (done) await session.send('Input.insertText', { text: done });
    await session.send('Input.imeSetComposition', { text: open, selectionStart: 1, selectionEnd: 1 });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
    composed = open;
  }
  await session.send('Input.insertText', { text: composed });
  await session.detach();
}

/** Has a text in composition and leaves it open, as phones' keyboards do with the word that is being typed. */
export async function composeOpen(page: Page, texts: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const key = { windowsVirtualKeyCode: 229, key: 'Process', code: 'KeyR' };
  for (const text of texts) {
    const end = { selectionStart: text.length, selectionEnd: text.length };
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await session.send('Input.imeSetComposition', { text, ...end });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  }
  await session.detach();
}

/** Pastes as the browser does after the learner pressed the platform's keys. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(
    `((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    })(${JSON.stringify(text)})`,
  );
}
