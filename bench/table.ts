/**
 * A table for a terminal: the first column to the left, the others to the right. Knows nothing about what is in it.
 */

/** One line of text for each line of cells; the first line says how many columns there are. */
export function formatTable(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => cellsOf(line[column] ?? ''))));
  const pad = (text: string, column: number) => {
    const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - cellsOf(text)));
    return column === 0 ? text + room : room + text;
  };
  return lines.map((line) => line.map(pad).join('  '));
}

/** Terminal cells: a Hangul syllable takes two. */
function cellsOf(text: string): number {
  return [...text].reduce((sum, char) => sum + (/[\u1100-\u115f\uac00-\ud7a3]/.test(char) ? 2 : 1), 0);
}
