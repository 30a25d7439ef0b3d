/**
 * Follows the page between light and dark while it is open. Knows nothing about colours but their names here.
 */
import { type TerminalTheme, themes } from './themes.ts';

/** Calls the listener with the theme of now and of every change, until the signal aborts. */
export function watchPageTheme(listener: (theme: TerminalTheme) => void, signal: AbortSignal): void {
  const root = document.documentElement;
  const prefersDark = matchMedia('(prefers-color-scheme: dark)');
  const tell = () => {
    const name = root.dataset['theme'] ?? (prefersDark.matches ? 'dark' : 'light');
    listener(name === 'dark' ? themes.dark : themes.light);
  };
  const observer = new MutationObserver(tell);
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme'] });
  prefersDark.addEventListener('change', tell, { signal });
  signal.addEventListener('abort', () => observer.disconnect());
  tell();
}
