/**
 * A shelf for recordings in a test's own folder, with small limits.
 */
import { join } from 'node:path';
import { RecordingShelf, type ShelfLimits } from '../../server/recording/recording-shelf.ts';

/** A day, ms: how long the shelf keeps a recording. */
export const keptMs = 24 * 60 * 60 * 1000;

/** Opens a shelf below `folder`. */
export function openTestShelf(folder: string, now: () => number, limits: Partial<ShelfLimits> = {}): RecordingShelf {
  const usual = { keepMs: keptMs, maxBytes: 256 * 1024, most: 3 };
  return new RecordingShelf({ ...usual, ...limits, folder: join(folder, 'recordings'), now });
}
