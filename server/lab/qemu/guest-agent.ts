/**
 * The QEMU guest agent: runs programs in the guest without its network. The guest belongs to a student who may stop,
 * replace or fool the agent, so every answer is bounded, checked and waited for only so long; silence is an answer.
 * Knows nothing about labs or checks.
 */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { createTurns } from '../../host/wait.ts';
import { type JsonLines, openJsonLines } from './json-lines.ts';

/** What a program did in the guest. */
export type GuestRun =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly stdout: Buffer; readonly stderr: Buffer }
  /** It still runs as process `pid`. */
  | { readonly kind: 'timed-out'; readonly pid: number }
  /** The agent did not answer, or not in its language. */
  | { readonly kind: 'silent'; readonly reason: string };

/** How a program is run in the guest. */
export interface GuestRunOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly input?: string | Uint8Array;
  /** Told the process id as soon as it is known. */
  readonly onStart?: (pid: number) => void;
}

/** A connection to one guest's agent. One at a time per guest: the wire has a single end. */
export interface GuestAgent extends Disposable {
  /** Whether the agent answers within the time. */
  isAnswering(options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<boolean>;
  /** Runs a program and captures its output. Rejects only with the reason of the signal. */
  run(program: string, args: readonly string[], options: GuestRunOptions): Promise<GuestRun>;
}

/** Base64 of both streams of a program at the caps that we put on them, and room to spare. */
const maxLineBytes = 4 * 1024 * 1024;
/** All that is read for one question: its answer, and a late one to a question that was given up. */
const maxAnswerBytes = 2 * maxLineBytes;
/** One question and its answer; the agent only starts or looks at a process, but the guest may be busy. */
const answerTimeoutMs = 10_000;
/** Waits between looks at a running program, ms: doubled from first to last. */
const lookMs = { first: 8, last: 250 } as const;

type Answer = { readonly kind: 'ok'; readonly value: unknown } | { readonly kind: 'silent'; readonly reason: string };

const startedSchema = z.object({ pid: z.number().int().positive() });
const statusSchema = z.object({
  exited: z.boolean(),
  exitcode: z.number().int().optional(),
  signal: z.number().int().optional(),
  'out-data': z.string().optional(),
  'err-data': z.string().optional(),
});

/** Connects to the agent's wire. The agent itself may not be there yet. */
export async function openGuestAgent(
  path: string,
  options: { readonly signal: AbortSignal; readonly connectTimeoutMs: number },
): Promise<GuestAgent> {
  return new WireAgent(await openJsonLines(path, { ...options, maxLineBytes }));
}

class WireAgent implements GuestAgent {
  readonly #lines: JsonLines;
  readonly #turns = createTurns();
  /** After a lost answer the next line on the wire could belong to another question. */
  #inStep = false;
  /** What may still be read for this question. */
  #bytesLeft = 0;

  constructor(lines: JsonLines) {
    this.#lines = lines;
    lines.ignore();
  }

  isAnswering({ signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<boolean> {
    return this.#turn(async () => {
      this.#inStep = false;
      return this.#sync(signal, timeoutMs);
    });
  }

  async run(program: string, args: readonly string[], options: GuestRunOptions): Promise<GuestRun> {
    const until = performance.now() + options.timeoutMs;
    const started = await this.#call('guest-exec', startArguments(program, args, options.input), options.signal);
    if (started.kind === 'silent') return started;
    const start = startedSchema.safeParse(started.value);
    if (!start.success) return { kind: 'silent', reason: 'guest-exec: an answer of another form' };
    options.onStart?.(start.data.pid);
    return this.#watch(start.data.pid, until, options.signal);
  }

  [Symbol.dispose](): void {
    this.#lines[Symbol.dispose]();
  }

  async #watch(pid: number, until: number, signal: AbortSignal): Promise<GuestRun> {
    for (let waitMs: number = lookMs.first; ; waitMs = Math.min(waitMs * 2, lookMs.last)) {
      const answer = await this.#call('guest-exec-status', { pid }, signal);
      if (answer.kind === 'silent') return answer;
      const status = statusSchema.safeParse(answer.value);
      if (!status.success) return { kind: 'silent', reason: 'guest-exec-status: an answer of another form' };
      if (status.data.exited) return buildExit(status.data);
      if (performance.now() + waitMs > until) return { kind: 'timed-out', pid };
      await pause(waitMs, signal);
    }
  }

  /** One question at a time; what the agent says when nobody asked is not even looked at. */
  #turn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns(() => work().finally(() => this.#lines.ignore()));
  }

  #call(name: string, args: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Answer> {
    return this.#turn(async () => {
      signal.throwIfAborted();
      if (!this.#inStep && !(await this.#sync(signal, answerTimeoutMs))) return silent(name);
      this.#inStep = false;
      this.#ask({ execute: name, arguments: args });
      const answer = await this.#receive(signal, answerTimeoutMs);
      if (answer === undefined) return silent(name);
      this.#inStep = true;
      if ('return' in answer) return { kind: 'ok', value: answer.return };
      return { kind: 'silent', reason: `${name}: refused (${describe(answer.error)})` };
    });
  }

  /** Brings both ends in step: throws half answers away and waits for an answer that carries our own number. */
  async #sync(signal: AbortSignal, timeoutMs: number): Promise<boolean> {
    const id = randomInt(1, 2 ** 31);
    const until = performance.now() + timeoutMs;
    this.#ask({ execute: 'guest-sync-delimited', arguments: { id } }, Uint8Array.of(0xff));
    for (;;) {
      const answer = await this.#receive(signal, until - performance.now());
      if (answer === undefined) return false;
      if (answer.return === id) {
        this.#inStep = true;
        return true;
      }
    }
  }

  #ask(question: unknown, prefix?: Uint8Array): void {
    this.#bytesLeft = maxAnswerBytes;
    this.#lines.send(question, prefix);
  }

  /** The next answer; `undefined` when none came in time or the wire is cut, as it is when the agent does not stop talking. */
  async #receive(signal: AbortSignal, timeoutMs: number): Promise<Readonly<Record<string, unknown>> | undefined> {
    const deadline = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    try {
      for (;;) {
        const received = await this.#lines.receive(AbortSignal.any([signal, deadline]));
        if (received === undefined) return undefined;
        this.#bytesLeft -= received.bytes;
        if (this.#bytesLeft < 0) return void this.#lines[Symbol.dispose]();
        if (typeof received.value === 'object' && received.value !== null) {
          return received.value as Readonly<Record<string, unknown>>;
        }
        if (deadline.aborted) return undefined;
      }
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }
}

function startArguments(program: string, args: readonly string[], input: string | Uint8Array | undefined) {
  const data = input === undefined ? {} : { 'input-data': Buffer.from(input).toString('base64') };
  return { path: program, arg: args, 'capture-output': true, ...data };
}

function buildExit(status: z.infer<typeof statusSchema>): GuestRun {
  return {
    kind: 'exited',
    exitCode: status.exitcode ?? 128 + (status.signal ?? 0),
    stdout: Buffer.from(status['out-data'] ?? '', 'base64'),
    stderr: Buffer.from(status['err-data'] ?? '', 'base64'),
  };
}

function silent(name: string): Answer {
  return { kind: 'silent', reason: `${name}: no answer` };
}

function describe(error: unknown): string {
  return String((error as { desc?: unknown } | undefined)?.desc ?? 'no reason given').slice(0, 200);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  await promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  });
}
