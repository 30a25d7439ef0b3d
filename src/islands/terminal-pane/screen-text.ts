/**
 * What a terminal shows, as text. Knows nothing about clipboards.
 */
import type { Terminal } from '@xterm/xterm';

/** The lines in view; one that goes on in the next row stays one. */
export function screenText({ buffer, rows }: Pick<Terminal, 'buffer' | 'rows'>): string {
  const { active } = buffer;
  let text = '';
  for (let y = active.viewportY; y < active.viewportY + rows; y += 1) {
    const goesOn = active.getLine(y + 1)?.isWrapped === true;
    text += `${active.getLine(y)?.translateToString(!goesOn) ?? ''}${goesOn ? '' : '\n'}`;
  }
  return text.trimEnd();
}
