/**
 * The size of text with which somebody else's terminal fits: its columns and rows are given, only the letters can change.
 * Pure.
 */

/** Smallest and largest letters, CSS pixels: below it one scrolls, above it nothing is gained. */
export const fontLimits = { least: 9, most: 20 } as const;

/** Width and height, CSS pixels. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The text size at which what takes `used` at `fontSize` takes at most `room`; half pixels, so that it settles. */
export function fitFont(fontSize: number, used: Extent, room: Extent): number {
  if (used.width <= 0 || used.height <= 0 || room.width <= 0 || room.height <= 0) return fontSize;
  const fitting = fontSize * Math.min(room.width / used.width, room.height / used.height);
  return Math.min(fontLimits.most, Math.max(fontLimits.least, Math.floor(fitting * 2) / 2));
}
