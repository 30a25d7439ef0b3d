/**
 * Whether this page's terminal may answer what a program asked. Every page that looks at the terminal reads the question;
 * only one may answer, or the shell gets the rest typed. Pure; knows nothing about connections.
 */
import { blurMark, focusMark } from '../../protocol/terminal-answer.ts';

/** How the page stands to the terminal. */
export interface Standing {
  /** It is in control: it decides the size. */
  readonly isOurs: boolean;
  readonly isAttached: boolean;
}

/**
 * An answer is for the page in control. A page that gets the focus asks for control first, so its mark is on time before
 * the server has said yes; marks do not wait for a connection that comes back.
 */
export function mayAnswer(data: string, { isOurs, isAttached }: Standing): boolean {
  if (data === focusMark) return isAttached;
  if (data === blurMark) return isAttached && isOurs;
  return isOurs;
}
