/**
 * Everything a pty printed, as a reader of the screen would wait for it.
 */
import type { Pty, PtyExit } from '../../server/lab/pty.ts';

/** What was printed so far, and waiting for more. */
export interface PtyScreen {
  readonly text: string;
  readonly exit: PtyExit | undefined;
  /** Resolves when `pattern` was printed after the last match; rejects with what was seen. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  waitForExit(timeoutMs?: number): Promise<PtyExit>;
}

/** Listens to `pty`. */
export function watchPty(pty: Pty): PtyScreen {
  const decoder = new TextDecoder();
  let text = '';
  let from = 0;
  let exit: PtyExit | undefined;
  let notify = () => {};
  pty.onData((bytes) => {
    text += decoder.decode(bytes, { stream: true });
    notify();
  });
  pty.onExit((ended) => {
    exit = ended;
    notify();
  });
  async function until<T>(look: () => T | undefined, what: string, timeoutMs: number): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      const left = deadline - Date.now();
      if (left <= 0)
        throw new Error(`waited ${timeoutMs} ms for ${what}; saw ${JSON.stringify(text.slice(from).slice(-2000))}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        notify = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  return {
    get text() {
      return text;
    },
    get exit() {
      return exit;
    },
    waitFor: (pattern, timeoutMs = 20_000) =>
      until(
        () => {
          const match = pattern.exec(text.slice(from));
          if (!match) return undefined;
          from += match.index + match[0].length;
          return match;
        },
        String(pattern),
        timeoutMs,
      ),
    waitForExit: (timeoutMs = 20_000) => until(() => exit, 'the end', timeoutMs),
  };
}
