/**
 * Where prompts and commands stand in a terminal's scrollback, by the shell's marks (OSC 133): jumps between them, and
 * tells when a command ended. Marks above a restored screen are not known.
 * Knows nothing about pages and connections.
 */
import type { IDecoration, IMarker, Terminal } from '@xterm/xterm';

/** A command that ended. */
export interface CommandEnd {
  readonly exitCode: number | undefined;
  /** Lines that it printed outside full-screen programs. */
  readonly lines: number;
}

/** A terminal's commands. */
export interface CommandMarkers {
  /** Shows the prompt before (-1) or after (1) the one that was shown last; its line, or nothing where there is none. */
  jump(by: -1 | 1): string | undefined;
}

/** Follows the marks; `onEnd` is told of every command that ends, also in output that is repeated. */
export function followCommands(terminal: Terminal, onEnd: (end: CommandEnd) => void): CommandMarkers {
  let prompts: IMarker[] = [];
  let shown: { readonly marker: IMarker; readonly frame: IDecoration | undefined } | undefined;
  let lines: number | undefined;

  terminal.parser.registerOscHandler(133, (data) => {
    if (data.startsWith('A')) notePrompt();
    if (data.startsWith('C')) lines = 0;
    if (data.startsWith('D') && lines !== undefined) {
      const isOpenLine = terminal.buffer.active.cursorX > 0;
      onEnd({ exitCode: exitCodeOf(data), lines: lines + (isOpenLine ? 1 : 0) });
      lines = undefined;
    }
    return false;
  });
  terminal.onLineFeed(() => {
    if (lines !== undefined && terminal.buffer.active.type === 'normal') lines += 1;
  });
  // Whoever types is at the last prompt again.
  terminal.onData(() => show(undefined));

  const notePrompt = () => {
    const marker = terminal.registerMarker(0);
    if (!marker) return;
    prompts = prompts.filter(({ isDisposed, line }) => !isDisposed && line !== marker.line);
    prompts.push(marker);
  };
  const show = (marker: IMarker | undefined) => {
    shown?.frame?.dispose();
    shown = marker && { marker, frame: frame(terminal, marker) };
  };
  return {
    jump: (by) => {
      prompts = prompts.filter(({ isDisposed }) => !isDisposed);
      const at = shown ? prompts.indexOf(shown.marker) : prompts.length - 1;
      const marker = prompts[Math.max(at, 0) + by];
      if (!marker && by < 0) return undefined;
      show(marker);
      if (marker) terminal.scrollToLine(marker.line);
      else terminal.scrollToBottom();
      const line = (marker ?? prompts.at(-1))?.line;
      return line === undefined ? undefined : terminal.buffer.normal.getLine(line)?.translateToString(true);
    },
  };
}

function exitCodeOf(data: string): number | undefined {
  const code = /^D;(\d{1,3})$/.exec(data)?.[1];
  return code === undefined ? undefined : Number(code);
}

/** A frame around the line that was jumped to. */
function frame(terminal: Terminal, marker: IMarker): IDecoration | undefined {
  const decoration = terminal.registerDecoration({ marker, width: terminal.cols, layer: 'top' });
  decoration?.onRender((element) => element.classList.add('tp-jumped'));
  return decoration;
}
