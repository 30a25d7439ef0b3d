/**
 * What was typed in a terminal and had not arrived when its page was left: how much it was, so that the next page can say
 * so. Never the text itself: it may be a password, and nobody knows which program would read it by then.
 * Knows nothing about sockets.
 */

/** How much had not arrived. */
export interface UnsentInput {
  /** The life of the terminal that it was meant for; absent where the numbers mean nothing. */
  readonly epoch?: string | undefined;
  /** Numbers of its first byte and of the byte after it. */
  readonly from: number;
  readonly to: number;
  readonly chars: number;
}

/** Keeps it from one page of a browser tab to the next. */
export interface UnsentStore {
  keep(unsent: UnsentInput): void;
  /** What an earlier page kept, once. */
  take(): UnsentInput | undefined;
}

/** Characters that are lost, after the server said how many bytes of input have arrived in which life of the terminal. */
export function lostChars(
  unsent: UnsentInput | undefined,
  now: { readonly epoch: string; readonly input: number },
): number {
  if (!unsent) return 0;
  if (unsent.epoch !== now.epoch) return unsent.chars;
  const lostBytes = unsent.to - Math.max(unsent.from, now.input);
  return Math.max(0, Math.min(unsent.chars, lostBytes));
}

/** Makes the store of one terminal; a duplicated browser tab, which is another viewer, finds nothing in its copy. */
export function createUnsentStore(storage: Storage, viewer: string, terminal: number): UnsentStore {
  const key = `tadak.unsent.${viewer}.${terminal}`;
  return {
    keep: (unsent) => {
      if (unsent.chars > 0) storage.setItem(key, JSON.stringify(unsent));
      else storage.removeItem(key);
    },
    take: () => {
      const kept = storage.getItem(key);
      storage.removeItem(key);
      return kept === null ? undefined : (JSON.parse(kept) as UnsentInput);
    },
  };
}

/** Keeps what is unsent whenever the page or the terminal may be gone afterwards. */
export function keepUnsent(store: UnsentStore, unsent: () => UnsentInput, signal: AbortSignal): void {
  const keep = () => store.keep(unsent());
  window.addEventListener('pagehide', keep, { signal });
  document.addEventListener('visibilitychange', keep, { signal });
  signal.addEventListener('abort', keep);
}
