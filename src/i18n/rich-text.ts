/**
 * The little markup allowed in titles, questions and hints: `code` and **strong**.
 * Gives parts, never HTML, so that pages and islands build safe nodes from them.
 */

/** A run of text of one kind. */
export interface RichTextPart {
  readonly kind: 'text' | 'code' | 'strong';
  readonly text: string;
}

const markup = /`([^`]+)`|\*\*([^*]+)\*\*/g;

/** Splits a text into its parts. */
export function richTextParts(text: string): readonly RichTextPart[] {
  const parts: RichTextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(markup)) {
    if (match.index > end) parts.push({ kind: 'text', text: text.slice(end, match.index) });
    const code = match[1];
    parts.push(code === undefined ? { kind: 'strong', text: match[2] ?? '' } : { kind: 'code', text: code });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

/** The text without its markup, for labels and page titles. */
export function plainText(text: string): string {
  return richTextParts(text)
    .map((part) => part.text)
    .join('');
}
