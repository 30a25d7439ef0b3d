/**
 * The learner's terminal settings, kept in this browser and shared by its tabs.
 * Knows nothing about xterm.js.
 */
import { createStore, type Store } from '../store.ts';

/** Settings of every terminal. */
export interface TerminalSettings {
  /** CSS pixels. */
  readonly fontSize: number;
  /** A click on a command runs it without a second click. */
  readonly runAtOnce: boolean;
  readonly screenReader: boolean;
  /** Colours: the page's light or dark ones, or those with the highest contrast on the same paper. */
  readonly colours: 'page' | 'contrast';
  /** What a screen reader is told by itself: each command's end, everything that is printed, nothing. */
  readonly announce: 'summary' | 'all' | 'none';
  /** The bell makes a sound besides its frame. */
  readonly bellSound: boolean;
}

/** Smallest and largest text, CSS pixels. */
export const fontSizeLimits = { least: 10, most: 24 } as const;
const storageKey = 'tadak.terminal';
const defaults: TerminalSettings = {
  ...{ fontSize: 14, runAtOnce: false, screenReader: false },
  ...{ colours: 'page', announce: 'summary', bellSound: false },
};

/** Reads the settings and keeps them. */
export function createSettings(storage: Storage, signal: AbortSignal): Store<TerminalSettings> {
  const settings = createStore(parseSettings(storage.getItem(storageKey)));
  settings.watch((now) => {
    const text = JSON.stringify(now);
    if (storage.getItem(storageKey) !== text) storage.setItem(storageKey, text);
  }, signal);
  window.addEventListener(
    'storage',
    ({ key, newValue }) => key === storageKey && settings.set(parseSettings(newValue)),
    { signal },
  );
  return settings;
}

/** Anything may stand in the browser's storage; what does not fit becomes the default. */
export function parseSettings(text: string | null): TerminalSettings {
  let kept: Partial<Record<keyof TerminalSettings, unknown>> = {};
  try {
    kept = Object(JSON.parse(text ?? '{}'));
  } catch {
    return defaults;
  }
  const { least, most } = fontSizeLimits;
  const { fontSize } = kept;
  return {
    fontSize: typeof fontSize === 'number' && fontSize >= least && fontSize <= most ? fontSize : defaults.fontSize,
    runAtOnce: kept.runAtOnce === true,
    screenReader: kept.screenReader === true,
    colours: kept.colours === 'contrast' ? 'contrast' : defaults.colours,
    announce: kept.announce === 'all' || kept.announce === 'none' ? kept.announce : defaults.announce,
    bellSound: kept.bellSound === true,
  };
}
