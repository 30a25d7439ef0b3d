/**
 * Tells a listener with a screen reader that a command ended: one short sentence, also when many end at once.
 * Knows nothing about terminals.
 */
import type { TerminalWords } from '../../i18n/terminal-words.ts';
import type { CommandEnd } from './command-markers.ts';

/** How long ends are gathered into one sentence, ms. */
const gatherMs = 400;

/** Makes the teller; `say` gets at most one sentence in `gatherMs`. */
export function createCommandSpeech(words: TerminalWords, say: (text: string) => void): (end: CommandEnd) => void {
  let ends: CommandEnd[] = [];
  const tell = () => {
    const last = ends.at(-1);
    const count = ends.length;
    ends = [];
    if (last)
      say(count === 1 ? words.commandEnded(last.exitCode, last.lines) : words.commandsEnded(count, last.exitCode));
  };
  return (end) => {
    if (ends.length === 0) setTimeout(tell, gatherMs);
    ends.push(end);
  };
}
