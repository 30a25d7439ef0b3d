/**
 * What a program tells with its terminal's tab: a title (OSC 0 and 2), progress (OSC 9;4), the bell.
 * Pure; knows nothing about tabs.
 */

/** Progress as the program says it. */
export type Progress =
  | { readonly kind: 'normal' | 'error' | 'paused'; readonly percent: number }
  | { readonly kind: 'busy' };

/** What stands beside a tab's name. */
export interface TabNote {
  readonly title: string;
  readonly progress?: Progress | undefined;
  /** The bell rang while nobody looked. */
  readonly hasRung: boolean;
  readonly isRecording: boolean;
}

/** Nothing to tell. */
export const noNote: TabNote = { title: '', hasRung: false, isRecording: false };

/** Longest title, characters. */
const maxTitleChars = 60;
/** Controls, and characters that turn the direction of the text around them: a title must not write over its tab. */
const unfit = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

/** A title that anybody may send, made fit for a tab. */
export function sanitizeTitle(title: string): string {
  const fit = [...title.replace(unfit, ' ').replace(/\s+/g, ' ').trim()];
  return fit.length > maxTitleChars ? `${fit.slice(0, maxTitleChars - 1).join('')}…` : fit.join('');
}

const kinds = { 1: 'normal', 2: 'error', 4: 'paused' } as const;

/** The body of OSC 9: `4;state;percent`. `undefined` for another body, `none` when progress is over. */
export function parseProgress(body: string): Progress | 'none' | undefined {
  const [, state, value] = /^4;([0-4])(?:;(\d{0,3}))?$/.exec(body) ?? [];
  if (state === undefined) return undefined;
  if (state === '0') return 'none';
  if (state === '3') return { kind: 'busy' };
  return { kind: kinds[Number(state) as 1 | 2 | 4], percent: Math.min(100, Number(value ?? '') || 0) };
}
