/**
 * The warning that a lab is about to be ended, with the button that keeps it. Loaded only then. Knows nothing about when and
 * why labs end.
 */
import type { Locale } from '../course/locales.ts';
import { endingWords } from '../i18n/ending-words.ts';
import type { LabView } from '../protocol/api.ts';
import { button, element } from './element.ts';

/** How a warning is shown. */
export interface EndingOptions {
  readonly locale: Locale;
  readonly onExtend: () => void;
  readonly signal: AbortSignal;
}

/** Shows the warning at the end of `host`, or takes it away when no end is near. */
export function showEnding(host: HTMLElement, lab: LabView | undefined, options: EndingOptions): void {
  const shown = host.querySelector<HTMLElement>('[data-lab-ending]');
  // Left alone while it is the same: it may hold the focus, and is not to be read aloud again.
  if (shown?.dataset['labEnding'] === lab?.ending?.why) return;
  shown?.remove();
  if (!lab?.ending) return;
  const { inMs, why } = lab.ending;
  const { locale, onExtend, signal } = options;
  const { warning, extend } = endingWords[locale];
  const keep = button(extend, onExtend, { signal, 'data-lab': 'extend' });
  const text = element('span', {}, warning(clockTime(inMs, locale), why));
  host.append(element('p', { 'data-lab-ending': why, role: 'alert' }, text, keep));
}

/** The time of day that is `inMs` from now, as the learner's clock will show it. */
function clockTime(inMs: number, locale: Locale): string {
  return new Date(Date.now() + inMs).toLocaleTimeString(locale, { hour: 'numeric', minute: '2-digit' });
}
