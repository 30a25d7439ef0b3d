/**
 * Makes a pasted text safe to send. Pure; knows nothing about clipboards.
 */

/** Lines that a bare shell would run at once. */
export function countLines(text: string): number {
  return text.replace(/\r?\n$/, '').split(/\r\n|\r|\n/).length;
}

/** Controls but Tab and line ends. */
const controls = /(?![\t\n\r])\p{Cc}/gu;

/**
 * The bytes for a paste. Control characters are taken out: an escape sequence, or an interrupt that nobody sees in the text,
 * could end the marked paste early and run what follows.
 */
export function encodePaste(text: string, isBracketed: boolean): Uint8Array {
  const keys = text.replace(controls, '').replace(/\r\n|\n/g, '\r');
  return new TextEncoder().encode(isBracketed ? `\x1b[200~${keys}\x1b[201~` : keys);
}
