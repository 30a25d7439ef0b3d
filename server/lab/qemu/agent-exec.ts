/**
 * Runs a script through the guest agent: the way that remains when the student has broken every other. Slower than ssh and
 * without streaming, but independent of network, sshd and login shell. Knows nothing about ssh.
 */
import { randomBytes } from 'node:crypto';
import { Fault } from '../../../src/faults.ts';
import type { ExecOptions, ExecResult } from '../lab.ts';
import type { GuestAgent, GuestRun } from './guest-agent.ts';

const defaultMaxOutputBytes = 256 * 1024;
/** Of each stream: two of them in base64 must fit into one answer of the agent. */
const agentMaxOutputBytes = 1024 * 1024;
const killTimeoutMs = 5_000;
const markBytes = 16;

/**
 * The script comes on standard input, whole, before anything runs; then a mark says that it began. Beyond the cap output is
 * read away in the guest, for the agent keeps all of it in memory. Arguments: mark, bytes of the script, cap.
 */
const wrapper = `
export LC_ALL=C
IFS= read -r -N "$2" s
[ "\${#s}" = "$2" ] || exit 125
exec </dev/null
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 LC_ALL=C.UTF-8 TERM=dumb HOME=/root
cd /root 2>/dev/null
printf "%s+\\n" "$1"
cap() { head -c "$1"; cat >/dev/null; }
( eval "$s" ) > >(cap "$3") 2> >(cap "$3" >&2)
`;

/** Runs it. Rejects only with the reason of the caller's signal. */
export async function agentExec(agent: GuestAgent, script: string, options: ExecOptions): Promise<ExecResult> {
  const startedAt = performance.now();
  const mark = randomBytes(markBytes).toString('hex');
  const maxBytes = Math.min(options.maxOutputBytes ?? defaultMaxOutputBytes, agentMaxOutputBytes);
  const input = Buffer.from(script, 'utf8');
  const bash = ['/bin/bash', '--norc', '--noprofile', '-c', wrapper];
  const args = [...bash, 'tadak', mark, String(input.length), String(maxBytes + 1)];
  let pid: number | undefined;
  const onStart = (started: number) => {
    pid = started;
  };
  try {
    const run = await agent.run('/usr/bin/setsid', args, { ...options, input, onStart });
    if (run.kind === 'timed-out') await killSession(agent, run.pid);
    return buildResult(run, { mark, maxBytes, afterMs: options.timeoutMs, durationMs: performance.now() - startedAt });
  } catch (error) {
    if (pid !== undefined) await killSession(agent, pid);
    throw error;
  }
}

async function killSession(agent: GuestAgent, pid: number): Promise<void> {
  const { signal } = new AbortController();
  const script = `pkill -KILL -s ${pid}; kill -KILL -- -${pid}`;
  await agent.run('/bin/sh', ['-c', script], { signal, timeoutMs: killTimeoutMs });
}

interface Measures {
  readonly mark: string;
  readonly maxBytes: number;
  readonly afterMs: number;
  readonly durationMs: number;
}

function buildResult(run: GuestRun, { mark, maxBytes, afterMs, durationMs }: Measures): ExecResult {
  if (run.kind === 'timed-out') return { kind: 'timed-out', afterMs, stdout: '', stderr: '' };
  if (run.kind === 'silent') return unreachable(run.reason);
  const opening = `${mark}+\n`;
  if (!run.stdout.subarray(0, opening.length).equals(Buffer.from(opening)))
    return unreachable('the script did not begin');
  const stdout = decode(run.stdout.subarray(opening.length), maxBytes);
  const stderr = decode(run.stderr, maxBytes);
  const truncated = stdout.isCut || stderr.isCut;
  return { kind: 'exited', exitCode: run.exitCode, stdout: stdout.text, stderr: stderr.text, truncated, durationMs };
}

function decode(bytes: Buffer, maxBytes: number): { readonly text: string; readonly isCut: boolean } {
  const isCut = bytes.length > maxBytes;
  return { text: new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: isCut }), isCut };
}

function unreachable(cause: string): ExecResult {
  return { kind: 'unreachable', fault: new Fault('lab-unreachable', {}, { cause }) };
}
