/**
 * What a command's bytes look like when they are printed: the line that was typed and its output as plain text, with
 * colours gone, progress bars in their last state and wrapped lines whole again. A program that took the whole screen
 * leaves nothing.
 * Knows nothing about sessions; it is given bytes.
 */
import type { IMarker, Terminal } from '@xterm/headless';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import { createHeadlessTerminal, useGraphemes } from './headless-terminal.ts';
import { needsGraphemes } from './screen-modes.ts';

/** Bytes of one command. */
export interface CommandBytes {
  /** From the prompt to the start of the output; empty when it is no longer kept. */
  readonly prompt: Uint8Array;
  readonly output: Uint8Array;
  readonly size: TerminalSize;
}

/** One command as text. */
export interface CommandText {
  /** What stood on the prompt; empty when the prompt's bytes are gone. */
  readonly typed: string;
  /** Lines without trailing blanks, no empty ones at the end. */
  readonly output: string;
  /** The output has more lines than are read; these are the last. */
  readonly isCut: boolean;
}

/** Most lines of one command's output. */
const maxLines = 10_000;

/** Prints the bytes to a terminal that nobody sees, and reads what it shows. */
export async function renderCommand({ prompt, output, size }: CommandBytes): Promise<CommandText> {
  const terminal = createHeadlessTerminal(size, maxLines);
  try {
    if (needsGraphemes(prompt) || needsGraphemes(output)) useGraphemes(terminal);
    const inputAt = watchInput(terminal);
    await write(terminal, prompt);
    const end = cursorRow(terminal);
    const input = inputAt();
    const typed = input === undefined ? '' : readRows(terminal, input.row, end).slice(input.col).trim();
    const begin = terminal.registerMarker(0);
    await write(terminal, output);
    const isCut = begin?.isDisposed === true && terminal.buffer.normal.length > size.rows;
    return { typed, output: readRows(terminal, rowOf(begin), lastRow(terminal)), isCut };
  } finally {
    terminal.dispose();
  }
}

/** Where the shell said that the prompt is over and input begins (OSC 133;B). */
function watchInput(terminal: Terminal): () => { readonly row: number; readonly col: number } | undefined {
  let at: { readonly marker: IMarker | undefined; readonly col: number } | undefined;
  terminal.parser.registerOscHandler(133, (data) => {
    if (data.startsWith('B')) at = { marker: terminal.registerMarker(0), col: terminal.buffer.normal.cursorX };
    return true;
  });
  return () => at && { row: rowOf(at.marker), col: at.col };
}

function write(terminal: Terminal, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => terminal.write(bytes, resolve));
}

/** A marker whose line was cleared away, or that a full-screen program kept from being made, stands for the top. */
function rowOf(marker: IMarker | undefined): number {
  return Math.max(0, marker?.line ?? 0);
}

function cursorRow({ buffer }: Terminal): number {
  return buffer.normal.baseY + buffer.normal.cursorY;
}

/** The prompt would come in the cursor's line: that one belongs to the output only if something stands in it. */
function lastRow(terminal: Terminal): number {
  return terminal.buffer.normal.cursorX > 0 ? cursorRow(terminal) : cursorRow(terminal) - 1;
}

function readRows(terminal: Terminal, first: number, last: number): string {
  const { normal } = terminal.buffer;
  const lines: string[] = [];
  for (let row = first; row <= last; row += 1) {
    const line = normal.getLine(row);
    const isWhole = normal.getLine(row + 1)?.isWrapped !== true;
    const text = line?.translateToString(isWhole) ?? '';
    if (line?.isWrapped && lines.length > 0) lines.push((lines.pop() ?? '') + text);
    else lines.push(text);
  }
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
}
