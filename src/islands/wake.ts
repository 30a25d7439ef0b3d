/**
 * Hears that the network or the page is back: online again, visible again, restored from the browser's cache.
 * Knows nothing about who wants to know.
 */
import type { WakeSource } from './retry.ts';

/** Wakes with the page. */
export const onPageWake: WakeSource = (listener, signal) => {
  const handleVisibility = () => {
    if (document.visibilityState === 'visible') listener();
  };
  window.addEventListener('online', listener, { signal });
  window.addEventListener('pageshow', listener, { signal });
  document.addEventListener('visibilitychange', handleVisibility, { signal });
};
