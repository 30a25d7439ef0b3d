/**
 * Where in a lesson's text a statement of the notes is talked about: its correction, else the quotation that holds it.
 * Reads the .mdx source. Knows nothing about the page.
 */
import type { Statement } from '../course/model.ts';

type Lines = Pick<Statement, 'id' | 'lines'>;

/** First and last line of `14` or `14-16`. */
function rangeOf(lines: string): readonly [number, number] {
  const [first = 0, last = first] = lines.split('-').map(Number);
  return [first, last];
}

/** The id of the place within the lesson's page, if there is one. */
export function findNoteAnchor({ id, lines }: Lines, source: string): string | undefined {
  if (new RegExp(`^\\s*<Fix\\s[^>]*?n="${id}"`, 'm').test(source)) return `fix-${id}`;
  const [from, to] = rangeOf(lines);
  for (const [, quoted = ''] of source.matchAll(/^\s*<Note\s[^>]*?lines="([\d-]+)"/gm)) {
    const [first, last] = rangeOf(quoted);
    if (first <= from && to <= last) return `note-${quoted}`;
  }
  return undefined;
}
