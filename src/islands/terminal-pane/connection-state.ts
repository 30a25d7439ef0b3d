/**
 * How a terminal's connection stands, as the pane shows it. Knows nothing about sockets or pages.
 */
import type { Localized } from '../../course/locales.ts';
import type { FaultCode } from '../../faults.ts';
import { replacedCode } from '../../protocol/frame.ts';
import type { TerminalSize } from '../../protocol/terminal.ts';

/** Where a terminal's connection stands. */
export type ConnectionState =
  /** `waitingChars` were typed ahead and are kept; `isAgain` after a connection that broke, or an attempt that failed `because`. */
  | {
      readonly kind: 'connecting';
      readonly waitingChars: number;
      readonly isAgain: boolean;
      readonly because?: Localized;
    }
  | { readonly kind: 'attached'; readonly readOnly: boolean }
  /** Cut off; comes back by itself. `waitingChars` were typed meanwhile and are kept. */
  | { readonly kind: 'waiting'; readonly waitingChars: number; readonly because?: Localized }
  /** The shell ended; `reopen` starts another. */
  | { readonly kind: 'exited'; readonly exitCode: number; readonly signal?: number }
  /** Refused, or closed for good; `reopen` tries again. */
  | { readonly kind: 'ended'; readonly code?: FaultCode; readonly because?: Localized };

/** Why what was typed did not go anywhere. */
export type DroppedBecause = 'new-shell' | 'exited' | 'refused' | 'reload';

/** Something to tell the learner once. */
export type ConnectionNotice =
  /** Typed for a shell that is gone, or that ended first, or on this page before it was loaded anew; thrown away. */
  | { readonly kind: 'input-dropped'; readonly chars: number; readonly because: DroppedBecause }
  /** Typed while cut off, more than is kept. */
  | { readonly kind: 'queue-full' }
  | { readonly kind: 'new-shell' }
  | { readonly kind: 'refused'; readonly message: Localized };

/** The terminal's size; `isOurs` when this page decides it. */
export interface SizeRule {
  readonly size: TerminalSize;
  readonly isOurs: boolean;
}

/**
 * Refusals that pass by themselves. All others wait for the learner, or for the lab to change.
 */
export const passingFaults: ReadonlySet<FaultCode> = new Set<FaultCode>([
  'no-identity',
  'too-many',
  'internal',
  'shutting-down',
  'lab-unreachable',
]);

/** Close codes after which reconnecting by itself is useless (see the faults of these statuses). */
export const finalCloseCodes: ReadonlySet<number> = new Set([1000, 4400, 4403, 4404, 4408, replacedCode, 4410, 4413]);
