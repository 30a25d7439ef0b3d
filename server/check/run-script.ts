/**
 * Runs one course script in a lab with the course's check functions in front of it, and sorts the outcome into
 * "it ran" and "our lab or our script is broken". Knows nothing about steps and questions.
 */
import type { Script } from '../../src/course/model.ts';
import type { CheckResult } from '../../src/course/result.ts';
import { describeFault, type FaultCode, type FaultDetails } from '../../src/faults.ts';
import type { ExecResult, Lab } from '../lab/lab.ts';
import { cleanText } from './read-verdict.ts';

/** The full record of one run, for the author's log; learners see only the message made from it. */
export interface ScriptRun {
  readonly script: string;
  readonly result: ExecResult;
}

/** How scripts of one check are run. */
export interface RunOptions {
  readonly lab: Lab;
  readonly library: Script;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Receives every run. */
  readonly onRun?: ((run: ScriptRun) => void) | undefined;
}

/** A script that came to an end by itself, or the error that stands for it. */
export type ScriptOutcome =
  | { readonly kind: 'ran'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'error'; readonly error: CheckResult & { readonly status: 'error' } };

/** Makes the result that says: ours, not yours. */
export function errorResult(code: FaultCode, details: FaultDetails = {}): CheckResult & { readonly status: 'error' } {
  return { status: 'error', code, message: describeFault(code, details) };
}

/** Runs `script`. Exit codes other than 0 and 1 are errors of ours (design: the check contract). */
export async function runScript(script: Script, options: RunOptions): Promise<ScriptOutcome> {
  const { lab, library, timeoutMs, signal, onRun } = options;
  const result = await lab.exec(`${library.text}\n${script.text}`, { signal, timeoutMs });
  onRun?.({ script: script.path, result });
  if (result.kind === 'timed-out') {
    return { kind: 'error', error: errorResult('check-timeout', { seconds: Math.round(timeoutMs / 1000) }) };
  }
  if (result.kind === 'unreachable') {
    return { kind: 'error', error: errorResult(result.fault.code, result.fault.details) };
  }
  const { exitCode, stdout, stderr } = result;
  if (exitCode === 0 || exitCode === 1) return { kind: 'ran', exitCode, stdout, stderr };
  const said = cleanText(stderr.trimEnd().split('\n').at(-1) ?? '');
  const detail = said === '' ? `${script.path}: exit ${exitCode}` : `${script.path}: exit ${exitCode}, ${said}`;
  return { kind: 'error', error: errorResult('check-broken', { detail }) };
}
