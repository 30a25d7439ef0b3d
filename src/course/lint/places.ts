/**
 * Finds where something stands in a file or a line, for messages to the author.
 */
import type { Place } from '../problems.ts';
import type { SourceFile } from '../source.ts';

/** Place of the first `word` after the first `after` (from the beginning without it); the file alone when there is none. */
export function findWord(file: SourceFile | undefined, word: string, after = ''): Place {
  if (!file) return { file: '' };
  const from = Math.max(0, file.text.indexOf(after));
  const at = file.text.indexOf(word, from);
  if (at < 0) return { file: file.path };
  const before = file.text.slice(0, at).split('\n');
  return { file: file.path, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The rest of a line with inline code blanked, so that places stay right. */
export function withoutCode(line: string): string {
  return line.replace(/(`+)(?:(?!\1)[\s\S])*\1/g, (code) => ' '.repeat(code.length));
}
