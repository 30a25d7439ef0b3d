/**
 * What a verb may be told besides the settings.
 */
import type { Flags } from '../config.ts';

/** Names and options of one call. */
export interface VerbOptions {
  readonly json: boolean;
  /** What was named after the verb. */
  readonly names: readonly string[];
  readonly flags: Flags;
}
