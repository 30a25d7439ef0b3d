/**
 * What stands on the shell's prompt now. Uses the shell's marks (OSC 133) where there are any, and the line
 * of the cursor where there are none.
 * Knows nothing about what is typed next.
 */
import type { IMarker, Terminal } from '@xterm/xterm';

/** The input on the prompt; `isExact` when the shell itself told where it begins. */
export interface PromptInput {
  readonly text: string;
  readonly isExact: boolean;
}

/** Follows the shell's marks; the returned function reads the prompt. */
export function watchPrompt(terminal: Terminal): () => PromptInput {
  let begin: { readonly marker: IMarker; readonly col: number } | undefined;
  terminal.parser.registerOscHandler(133, (data) => {
    begin?.marker.dispose();
    begin = undefined;
    // B: the prompt is printed and input begins here. A, C and D end that.
    if (data.startsWith('B')) begin = { marker: terminal.registerMarker(0), col: terminal.buffer.active.cursorX };
    return false;
  });
  return () => {
    const { active } = terminal.buffer;
    const cursorRow = active.baseY + active.cursorY;
    if (begin && begin.marker.line >= 0 && active.type === 'normal') {
      return { text: readRows(terminal, begin.marker.line, cursorRow).slice(begin.col).trimEnd(), isExact: true };
    }
    let first = cursorRow;
    while (first > 0 && active.getLine(first)?.isWrapped) first -= 1;
    return { text: readRows(terminal, first, cursorRow).trimEnd(), isExact: false };
  };
}

/** Whether the prompt holds exactly this command already. */
export function holdsCommand({ text, isExact }: PromptInput, command: string): boolean {
  const wanted = command.trimEnd();
  return isExact ? text === wanted : text.endsWith(wanted);
}

/** Rows as one text: wrapped rows are joined as they were typed, others by a line break. */
function readRows(terminal: Terminal, first: number, last: number): string {
  const { active } = terminal.buffer;
  let text = '';
  for (let row = first; row <= last || active.getLine(row)?.isWrapped; row += 1) {
    const line = active.getLine(row);
    if (!line) break;
    if (row > first && !line.isWrapped) text = `${text.trimEnd()}\n`;
    text += line.translateToString(active.getLine(row + 1)?.isWrapped !== true);
  }
  return text;
}
