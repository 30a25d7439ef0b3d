/**
 * What the operator sees: sentences in one language, and progress as a bar on a terminal or as plain lines elsewhere.
 * Knows nothing about what is going on.
 */
import type { Locale, Localized } from '../../src/course/locales.ts';
import type { LabProgress } from '../lab/lab.ts';

/** The operator's terminal. */
export interface Terminal {
  readonly lang: Locale;
  /** A line on standard output. */
  say(sentence: Localized): void;
  /** A line on standard error. */
  warn(sentence: Localized): void;
  /** How far something is; call `end` when it is over. */
  showProgress(progress: LabProgress): void;
  /** Ends the progress with how long it took. */
  endProgress(): void;
}

/** Where it writes. */
export interface TerminalStreams {
  readonly out: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly error: { write(text: string): unknown };
  readonly now: () => number;
}

const barCells = 24;
/** On anything but a terminal: a line for each new label, and for each such part of it. */
const plainStep = 0.25;

/** Makes the terminal. */
export function createTerminal(lang: Locale, { out, error, now }: TerminalStreams): Terminal {
  let begun: number | undefined;
  let shown = '';
  const clear = () => {
    if (out.isTTY && shown !== '') out.write('\r\x1b[K');
  };
  const redraw = () => {
    if (out.isTTY && shown !== '') out.write(shown);
  };
  const print = (stream: { write(text: string): unknown }, sentence: Localized) => {
    clear();
    stream.write(`${sentence[lang]}\n`);
    redraw();
  };
  return {
    lang,
    say: (sentence) => print(out, sentence),
    warn: (sentence) => print(error, sentence),
    showProgress: ({ label, fraction }) => {
      begun ??= now();
      if (out.isTTY) {
        shown = `\r\x1b[K${drawBar(fraction)} ${label[lang]} ${seconds(now() - begun)}`;
        out.write(shown);
        return;
      }
      const line = `${label[lang]} ${Math.floor(fraction / plainStep) * plainStep * 100}%`;
      if (line !== shown) out.write(`${line}\n`);
      shown = line;
    },
    endProgress: () => {
      clear();
      shown = '';
      begun = undefined;
    },
  };
}

function drawBar(fraction: number): string {
  const full = Math.round(Math.min(1, Math.max(0, fraction)) * barCells);
  return `[${'█'.repeat(full)}${'░'.repeat(barCells - full)}] ${String(Math.round(fraction * 100)).padStart(3)}%`;
}

const seconds = (ms: number) => `(${Math.round(ms / 1000)} s)`;
