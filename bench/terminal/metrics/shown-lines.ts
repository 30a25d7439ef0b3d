/** What a page's terminal shows: its screen and 1,000 lines above it, by a headless xterm.js. */
import { createRequire } from 'node:module';
import type { Page } from '../pages/page.ts';

// Required, not imported: the package is CommonJS without names that Node can see.
const { Terminal } = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

const scrollbackLines = 1_000;

/** The screen of one page, or of a page and the ones that it came back as. */
export class ShownLines {
  readonly #terminal = new Terminal({ cols: 80, rows: 24, scrollback: scrollbackLines, allowProposedApi: true });

  constructor(page: Page) {
    this.follow(page);
  }

  /** The page came back as this one. */
  follow(page: Page): void {
    page.onOutput = (bytes) => this.#terminal.write(bytes);
    page.onScreen = (bytes) => {
      this.#terminal.write('\x18\x1bc'); // As our page clears its screen: within the stream.
      this.#terminal.write(bytes);
    };
  }

  /** The text of every line, once all that came is drawn. */
  async read(): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#terminal.write('', resolve);
    await promise;
    const { active } = this.#terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '');
    return lines.join('\n');
  }
}
