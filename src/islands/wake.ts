/**
 * Hears that the network or the page is back: online again, visible again, restored from the browser's cache; and that the page
 * is hidden. Also that the browser believes the network to be gone, which is no more than a reason to look: a server on the same machine, or
 * behind another of its networks, answers all the same.
 * Knows nothing about who wants to know.
 */
import type { WakeSource } from './retry.ts';

/** Wakes with the page, and when its network changes. */
export const onPageWake: WakeSource = (listener, signal) => {
  const handleVisibility = () => {
    if (document.visibilityState === 'visible') listener();
  };
  window.addEventListener('online', listener, { signal });
  window.addEventListener('offline', listener, { signal });
  window.addEventListener('pageshow', listener, { signal });
  document.addEventListener('visibilitychange', handleVisibility, { signal });
};

/** Says whether the page is hidden: at once, and whenever that changes. */
export function onPageHiding(listener: (isHidden: boolean) => void, signal: AbortSignal): void {
  const tell = () => listener(document.visibilityState === 'hidden');
  tell();
  document.addEventListener('visibilitychange', tell, { signal });
}
