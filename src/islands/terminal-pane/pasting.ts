/**
 * Makes a pasted text safe to send. Pure; knows nothing about clipboards.
 */

/** Lines that a bare shell would run at once. */
export function countLines(text: string): number {
  return text.replace(/\r?\n$/, '').split(/\r\n|\r|\n/).length;
}

/**
 * The bytes for a paste. Escape characters are taken out: they could end the marked paste early and run
 * what follows.
 */
export function encodePaste(text: string, isBracketed: boolean): Uint8Array {
  const keys = text.replaceAll('\x1b', '').replace(/\r\n|\n/g, '\r');
  return new TextEncoder().encode(isBracketed ? `\x1b[200~${keys}\x1b[201~` : keys);
}
