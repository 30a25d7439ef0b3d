/**
 * Compares what a learner typed with what is right: white space and Unicode form do not matter.
 * Knows nothing about questions and steps.
 */

/** Typed text in the form in which answers are compared: NFC, white space folded, typographic quotes and dashes made plain. */
export function foldAnswer(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u00a0\u3000]/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
}

/** Whether two texts are the same answer; letters' case matters, as it does in a shell. */
export function isSameAnswer(given: string, right: string): boolean {
  const [left, other] = [foldAnswer(given), foldAnswer(right)];
  return left !== '' && (left === other || left === `"${other}"` || left === `'${other}'`);
}

/** Whether `text`, folded, matches `pattern` from its start to its end. */
export function matchesWhole(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(foldAnswer(text));
}
