/**
 * What a person would read of a terminal's output, as far as that is a stream of lines: without colours, titles and
 * marks, with backspaces and carriage returns carried out within a line. Knows nothing about full screens.
 */

/** OSC, DCS, CSI and two-byte sequences. */
const sequences =
  /\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[PX^_][\s\S]*?\u001b\\|\u001b\[[0-?]*[ -/]*[@-~]|\u001b[ -/]*[0-~]/g;

/** The text of `output` as lines. */
export function visibleText(output: string): string {
  return output.replace(sequences, '').split('\n').map(overwrite).join('\n');
}

/** The last line, on which a prompt stands. */
export function lastLine(output: string): string {
  return visibleText(output).split('\n').at(-1) ?? '';
}

function overwrite(line: string): string {
  const bare = line.replace(/\r+$/, '');
  if (!/[\b\r\u0007]/.test(bare)) return bare;
  const cells: string[] = [];
  let at = 0;
  for (const char of bare) {
    if (char === '\r') at = 0;
    else if (char === '\b') at = Math.max(0, at - 1);
    else if (char !== '\u0007') {
      cells[at] = char;
      at += 1;
    }
  }
  return cells.join('');
}
