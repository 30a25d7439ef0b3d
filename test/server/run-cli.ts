/**
 * Runs the command-line tool as people do: a process of its own, its output, its exit code.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './app/test-app.ts';

/** The tool's program. */
export const cliProgram = new URL('../../server/cli.ts', import.meta.url).pathname;

/** A running tool. */
export interface RunningCli extends AsyncDisposable {
  readonly pid: number;
  /** Everything printed so far. */
  readonly printed: () => string;
  readonly exited: Promise<number | NodeJS.Signals>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts the tool in English, with only the environment that is given. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCli {
  const child = spawn(process.execPath, [cliProgram, ...args], {
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      printed += text;
    });
  }
  const exited = new Promise<number | NodeJS.Signals>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL')),
  );
  return {
    pid: child.pid ?? 0,
    printed: () => printed,
    exited,
    kill: (signal) => void child.kill(signal),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Runs the tool to its end. */
export async function runToEnd(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  await using cli = runCli(args, env);
  return { code: await cli.exited, printed: cli.printed() };
}

/** Waits until the tool has printed something; gives the first match. */
export function printedMatch(cli: RunningCli, pattern: RegExp, withinMs: number): Promise<RegExpExecArray> {
  return eventually(() => pattern.exec(cli.printed()) ?? undefined, cli.printed, withinMs);
}

/** A folder that goes when the test is over. */
export function createTemporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'tadak-cli-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
