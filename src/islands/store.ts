/**
 * A value that can be watched. Knows nothing about what it holds.
 */

/** Part of a page's state that elements read and watch. */
export interface Store<State> {
  get(): State;
  /** Changes some fields and tells everybody who watches. */
  set(change: Partial<State>): void;
  /** Calls the listener now and after every change, until the signal aborts. */
  watch(listener: (state: State) => void, signal: AbortSignal): void;
}

/** Makes a store. */
export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<(state: State) => void>();
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
      for (const listener of [...listeners]) if (listeners.has(listener)) listener(state);
    },
    watch: (listener, signal) => {
      if (signal.aborted) return;
      listeners.add(listener);
      signal.addEventListener('abort', () => listeners.delete(listener));
      listener(state);
    },
  };
}
