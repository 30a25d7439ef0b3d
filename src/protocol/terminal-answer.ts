/**
 * Tells what a terminal answers by itself from what a person types. Both ends need it: a page to send its answers only
 * while it is in control, the server not to take one that was still on its way for typing.
 * Knows nothing about xterm.js: both arrive through the same door there.
 */

/**
 * Device attributes, status and cursor reports, mode and window reports, focus marks, colour and DCS answers. (F3 with
 * a modifier looks like a cursor report; it is only lost while history is read, and on a page that nobody works in.)
 * Every text has at most one reading, so that a hostile one costs no time.
 */
const answer =
  /^(?:\x1b\[[?>=]?[\d;:]*(?:c|n|R|t|x|\$y)|\x1b\[\?\d+u|\x1b\[[IO]|\x1b[\]P_][^\x1b\x07]*(?:\x1b\\|\x07))+$/;
/** No answer is as long. */
const mostBytes = 4096;
const escapeByte = 0x1b;

/** What a terminal says when it gets the focus, to programs that asked for it. */
export const focusMark = '\x1b[I';
/** What it says when it loses the focus. */
export const blurMark = '\x1b[O';

/** Whether `data` is an answer of the terminal and not of a person. */
export function isTerminalAnswer(data: string): boolean {
  return answer.test(data);
}

/** The same for input as it travels. */
export function isAnswerInput(bytes: Uint8Array): boolean {
  if (bytes[0] !== escapeByte || bytes.length > mostBytes) return false;
  return isTerminalAnswer(String.fromCharCode(...bytes));
}
