/**
 * Follows the page between light and dark while it is open, and the wish for contrast. Knows nothing about colours but their names here.
 */
import type { Store } from '../store.ts';
import type { TerminalSettings } from './settings.ts';
import { type TerminalTheme, themes } from './themes.ts';

/** Calls the listener with the theme of now and of every change, until the signal aborts. */
export function watchTheme(
  settings: Store<Pick<TerminalSettings, 'colours'>>,
  listener: (theme: TerminalTheme) => void,
  signal: AbortSignal,
): void {
  const root = document.documentElement;
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const prefersContrast = matchMedia('(prefers-contrast: more)');
  /** The system has colours of its own: the page's light or dark is not seen then. */
  const isForced = matchMedia('(forced-colors: active)');
  const tell = () => {
    const ofPage = isForced.matches ? undefined : root.dataset['theme'];
    const isDark = (ofPage ?? (prefersDark.matches ? 'dark' : 'light')) === 'dark';
    const isPlain = settings.get().colours === 'page' && !prefersContrast.matches && !isForced.matches;
    if (isPlain) listener(isDark ? themes.dark : themes.light);
    else listener(isDark ? themes.contrastDark : themes.contrastLight);
  };
  const observer = new MutationObserver(tell);
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  for (const query of [prefersDark, prefersContrast, isForced]) query.addEventListener('change', tell, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
  settings.watch(tell, signal);
}
