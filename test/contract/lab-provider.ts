/** What tests over real labs share: whose labs they are, and the hands that run scripts and type in terminals. */
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ExecResult, Lab, LabOwner, LabSpec } from '../../server/lab/lab.ts';
import type { Pty, PtyExit } from '../../server/lab/pty.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import type { LearnerId } from '../../src/course/ids.ts';

export const signal = new AbortController().signal;
export const spec: LabSpec = { start: 'docker-ready', addresses: buildAddresses('class') };
export const owner: LabOwner = { learner: 'contract-learner' as LearnerId, server: 'contract-server' };
export const size = { cols: 80, rows: 24 };

/** Ends the names of processes that a test starts: several runs of the tests may see one another's. */
export const runTag = `${process.pid}`;

/** Runs a script with a generous limit. */
export const run = (lab: Lab, script: string, timeoutMs = 60_000): Promise<ExecResult> =>
  lab.exec(script, { signal, timeoutMs });

/** Makes processes that only wait until there may be no more, says how many, and ends them. */
export const forkUntilRefused = `python3 -IS -c '
import os, signal
children = []
try:
    while len(children) < 5000:
        child = os.fork()
        if child == 0:
            signal.pause()
        children.append(child)
except OSError:
    print("refused after", len(children))
for child in children:
    os.kill(child, signal.SIGKILL)
'`;

/** A pty whose output is collected and can be waited for. */
export interface WatchedPty {
  readonly pty: Pty;
  readonly exit: Promise<PtyExit>;
  bytes(): Buffer;
  /** Waits until the output since `type` was last called matches. */
  waitFor(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  type(line: string): void;
}

/** Shell marks and the switch of bracketed paste stand between a command's line and its output; readers do not see them. */
function withoutMarks(text: string): string {
  return text.replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g, '').replace(/\u001b\[\?2004[hl]\r?/g, '');
}

/** Opens a terminal and waits for its prompt. */
export async function openWatched(lab: Lab, promptMs = 60_000): Promise<WatchedPty> {
  const watched = await openTerminal(lab);
  await watched.waitFor(/[#$] /, promptMs);
  return watched;
}

/** Opens a terminal, whatever it begins with. */
export async function openTerminal(lab: Lab): Promise<WatchedPty> {
  const pty = await lab.openPty(size, { signal });
  const chunks: Buffer[] = [];
  let from = 0;
  pty.onData((bytes) => chunks.push(Buffer.from(bytes)));
  return {
    pty,
    exit: new Promise((resolve) => pty.onExit(resolve)),
    bytes: () => Buffer.concat(chunks),
    waitFor: async (pattern, timeoutMs = 60_000) => {
      const until = performance.now() + timeoutMs;
      for (;;) {
        const seen = withoutMarks(Buffer.concat(chunks).subarray(from).toString('utf8'));
        const found = pattern.exec(seen);
        if (found !== null) return found;
        if (performance.now() > until) throw new Error(`no ${pattern} in ${JSON.stringify(seen.slice(-2000))}`);
        await delay(20);
      }
    },
    type: (line) => {
      from = Buffer.concat(chunks).length;
      pty.write(Buffer.from(`${line}\n`));
    },
  };
}

/** A terminal that is opened before the host noticed a loss ends with it; a later one is whole. */
export async function openWhenBack(lab: Lab): ReturnType<typeof openWatched> {
  const until = performance.now() + 300_000;
  for (;;) {
    try {
      return await openWatched(lab, 20_000);
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
}

/** Processes of the lab's machine that match, by `pgrep`; in the pattern a bracket keeps it from finding itself. */
async function matching(lab: Lab, pattern: string): Promise<string> {
  const result = await run(lab, `pgrep -af '${pattern}'`);
  if (result.kind !== 'exited' || result.exitCode > 1) throw new Error(JSON.stringify(result));
  return result.stdout;
}

/** Waits until no process matches. */
export async function expectNone(lab: Lab, pattern: string): Promise<void> {
  await expect.poll(() => matching(lab, pattern), { timeout: 15_000, interval: 200 }).toBe('');
}

/** Waits until a process matches. */
export async function expectSome(lab: Lab, pattern: string): Promise<void> {
  await expect.poll(() => matching(lab, pattern), { timeout: 15_000, interval: 100 }).not.toBe('');
}
