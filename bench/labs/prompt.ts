/**
 * The time until a student could type. Knows nothing about how labs come to be.
 */
import type { Lab } from '../../server/lab/lab.ts';
import type { Pty } from '../../server/lab/pty.ts';

/** A started lab, and how long it took. */
export interface TimedLab {
  readonly lab: Lab;
  /** From asking to the lab. */
  readonly claimMs: number;
  /** From asking to the prompt of its first terminal. */
  readonly promptMs: number;
}

/** The size of a page's terminal on a laptop. */
export const terminalSize = { cols: 100, rows: 30 } as const;
const promptTimeoutMs = 120_000;
/** Shell integration: here the prompt ends and typing begins. */
const promptEnd = '\u001b]133;B';

/** Starts a lab and opens a terminal in it. */
export async function timePrompt(start: () => Promise<Lab>, signal: AbortSignal): Promise<TimedLab> {
  const startedAt = performance.now();
  const lab = await start();
  const claimMs = performance.now() - startedAt;
  const pty = await lab.openPty(terminalSize, { signal });
  await untilPrompt(pty, signal);
  const promptMs = performance.now() - startedAt;
  pty.kill();
  return { lab, claimMs, promptMs };
}

/** Resolves with the prompt of a terminal that was just opened. */
export async function untilPrompt(pty: Pty, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  using stack = new DisposableStack();
  const timer = setTimeout(() => reject(new Error(`no prompt: ${JSON.stringify(said.slice(-300))}`)), promptTimeoutMs);
  stack.defer(() => clearTimeout(timer));
  const stop = () => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  stack.defer(() => signal.removeEventListener('abort', stop));
  stack.use(
    pty.onData((bytes) => {
      said += Buffer.from(bytes).toString('latin1');
      if (said.includes(promptEnd)) resolve();
    }),
  );
  stack.use(pty.onExit(() => reject(new Error('the terminal ended'))));
  await promise;
}
