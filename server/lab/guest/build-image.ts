/**
 * Runs the image recipe and passes its progress on. Knows the recipe's promises: `@step N/M <en>|<ko>` lines on standard
 * output, `@fail <en>|<ko>` on standard error when it fails. Knows nothing about what is built.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from '../../../src/faults.ts';
import { programPath } from '../../host/programs.ts';
import type { LabProgress } from '../lab.ts';

/** What is run and where the image shall appear. */
export interface BuildOptions {
  readonly script: string;
  readonly folder: string;
  /** Proxy, mirror and temporary folder, for the recipe; nothing else of the server's environment reaches it. */
  readonly environment: Readonly<Record<string, string>>;
}

const stepPattern = /^@step (\d+)\/(\d+) ([^|]*)\|(.*)$/;
const failPattern = /^@fail ([^|]*)\|(.*)$/;
const maxComplaintChars = 4_096;

/** A progress line as progress; `undefined` when it is none. */
export function parseStep(line: string): LabProgress | undefined {
  const [, step, steps, en, ko] = stepPattern.exec(line) ?? [];
  if (step === undefined || en === undefined || ko === undefined) return undefined;
  return { label: { ko, en }, fraction: Math.min(1, (Number(step) - 1) / Math.max(1, Number(steps))) };
}

/** The recipe's own sentence in both languages; where it ended without one, its last words and where more of them are. */
export function parseComplaint(words: string, log: string): { readonly ko: string; readonly en: string } {
  const line = words.trim().split('\n').at(-1) ?? '';
  const [, en, ko] = failPattern.exec(line) ?? [];
  if (en !== undefined && ko !== undefined) return { ko, en };
  const last = line === '' ? '' : ` (${line})`;
  return { ko: `자세한 내용은 ${log} 에 있어요.${last}`, en: `The details are in ${log}.${last}` };
}

/** Builds the image. Throws Fault `lab-image-failed` with the recipe's own sentence. */
export async function buildImage(
  { script, folder, environment }: BuildOptions,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: LabProgress) => void },
): Promise<void> {
  signal.throwIfAborted();
  // A group of its own, so that everything the recipe started ends with it.
  const child = spawn('nice', ['bash', script, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: programPath, HOME: '/', ...environment },
  });
  const log = join(`${folder}.partial`, 'build.log');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-maxComplaintChars);
  });
  createInterface(child.stdout).on('line', (line) => {
    const progress = parseStep(line);
    if (progress !== undefined) onProgress(progress);
  });
  const stop = () => child.pid !== undefined && process.kill(-child.pid, 'SIGTERM');
  signal.addEventListener('abort', stop, { once: true });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (cause) =>
      reject(new Fault('lab-image-failed', parseComplaint(cause.message, log), { cause })),
    );
    child.once('close', resolve);
  }).finally(() => signal.removeEventListener('abort', stop));
  signal.throwIfAborted();
  if (exitCode !== 0) throw new Fault('lab-image-failed', parseComplaint(complaint, log));
}
