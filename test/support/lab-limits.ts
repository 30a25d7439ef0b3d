/** How long labs live in tests that move the clock. */
import type { LabLimits } from '../../server/app/lab-life.ts';

/** Milliseconds. */
export const minute = 60_000;

/** As a server has them unless it is told otherwise. */
export const usualLimits: LabLimits = {
  unused: 120 * minute,
  left: 60 * minute,
  old: 720 * minute,
  warning: 5 * minute,
  extension: 60 * minute,
};
