/** Lines that carry their number, so that one that is missing or comes twice is noticed. */
import type { Page } from '../pages/page.ts';

/** Lines that did not come, and lines that came more than once, among those from the first to the last. */
export interface LineCount {
  readonly missing: number;
  readonly repeated: number;
  readonly last: number;
}

/** Milliseconds between two lines. */
export const lineMs = 10;

/** A shell command that prints `line <n>.` every 10 ms, from 1 to `last`. */
export function countLines(last: number): string {
  return `exec 9<> <(:); for ((n=1; n<=${last}; n++)); do echo "line $n."; read -rt ${lineMs / 1000} -u 9; done`;
}

/** Counts each number in a text. */
export function countNumbers(text: string): Map<number, number> {
  const seen = new Map<number, number>();
  for (const [, digits] of text.matchAll(/^line (\d+)\.\r?$/gm)) {
    const number = Number(digits);
    seen.set(number, (seen.get(number) ?? 0) + 1);
  }
  return seen;
}

/** Reads the lines of one page, or of a page and the ones that it came back as. */
export class LineReader {
  #text = '';

  constructor(page: Page) {
    this.follow(page);
  }

  /** The page came back as this one. */
  follow(page: Page): void {
    page.onOutput = (bytes) => {
      this.#text += Buffer.from(bytes).toString('latin1');
    };
  }

  /** How many lines were seen. */
  get count(): number {
    return countNumbers(this.#text).size;
  }

  /** What is missing and what is there twice. */
  read(): LineCount {
    const seen = countNumbers(this.#text);
    const last = Math.max(0, ...seen.keys());
    const repeated = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
    return { missing: last - seen.size, repeated, last };
  }
}
