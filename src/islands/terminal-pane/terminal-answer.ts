/**
 * Tells what a terminal answers by itself from what a person types.
 * Knows nothing about xterm.js: both arrive through the same door there.
 */

/**
 * Device attributes, status and cursor reports, mode and window reports, focus marks, colour and
 * DCS answers. (F3 with a modifier looks like a cursor report; history is read for a few milliseconds
 * only, so that key is the better one to lose.)
 */
const answer =
  /^(?:\x1b\[[?>=]?[\d;:]*(?:c|n|R|t|x|\$y)|\x1b\[\?[\d;]*\$y|\x1b\[\?\d+u|\x1b\[[IO]|\x1b[\]P_][\s\S]*?(?:\x1b\\|\x07))+$/;

/** Whether `data` is an answer of the terminal and not of a person. */
export function isTerminalAnswer(data: string): boolean {
  return answer.test(data);
}
