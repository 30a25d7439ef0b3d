/**
 * QEMU's control protocol (QMP), just what a lab needs. QEMU is ours, so a refusal is a failure here, thrown as a Fault.
 * Knows nothing about what is asked of QEMU.
 */
import { Fault } from '../../../src/faults.ts';
import { type JsonLines, openJsonLines } from './json-lines.ts';

/** A control connection to one QEMU. */
export interface Qmp extends Disposable {
  /** Runs a command and answers with its return value. Throws a Fault when QEMU refuses, is silent or is gone. */
  command(name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Told the name of every event, e.g. `RESET`. */
  onEvent(listener: (name: string) => void): Disposable;
}

const maxLineBytes = 1024 * 1024;
const answerTimeoutMs = 30_000;

/** Connects and leaves the negotiation mode. */
export async function openQmp(
  path: string,
  options: { readonly signal: AbortSignal; readonly connectTimeoutMs: number },
): Promise<Qmp> {
  const lines = await openJsonLines(path, { ...options, maxLineBytes }).catch((cause: unknown) => {
    options.signal.throwIfAborted();
    throw failed('QMP', cause);
  });
  const qmp = new LineQmp(lines);
  await qmp.command('qmp_capabilities');
  return qmp;
}

type Answer = { readonly value: unknown } | { readonly error: unknown };

class LineQmp implements Qmp {
  readonly #lines: JsonLines;
  readonly #close = new AbortController();
  readonly #asked = new Map<number, (answer: Answer) => void>();
  readonly #listeners = new Set<(name: string) => void>();
  #lastId = 0;

  constructor(lines: JsonLines) {
    this.#lines = lines;
    void this.#read();
  }

  async command(name: string, args?: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const timer = setTimeout(() => resolve({ error: undefined }), answerTimeoutMs);
    this.#asked.set(id, resolve);
    if (!this.#lines.isOpen) resolve({ error: undefined });
    this.#lines.send({ execute: name, id, ...(args && { arguments: args }) });
    const answer = await promise;
    clearTimeout(timer);
    this.#asked.delete(id);
    if ('value' in answer) return answer.value;
    throw failed(name, answer.error);
  }

  onEvent(listener: (name: string) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  [Symbol.dispose](): void {
    this.#close.abort();
    this.#lines[Symbol.dispose]();
  }

  async #read(): Promise<void> {
    for (;;) {
      const received = await this.#lines.receive(this.#close.signal).catch(() => undefined);
      if (received === undefined) break;
      if (isRecord(received.value)) this.#handle(received.value);
    }
    for (const settle of this.#asked.values()) settle({ error: undefined });
  }

  #handle(message: Readonly<Record<string, unknown>>): void {
    const { event, id } = message;
    if (typeof event === 'string') for (const listener of this.#listeners) listener(event);
    // The greeting and late answers to questions that were given up belong to nobody.
    if (typeof id !== 'number') return;
    this.#asked.get(id)?.('return' in message ? { value: message.return } : { error: message.error });
  }
}

function failed(what: string, cause: unknown): Fault {
  const detail = isRecord(cause) && typeof cause.desc === 'string' ? `: ${cause.desc}` : '';
  return new Fault('lab-start-failed', { detail: `QEMU ${what}${detail}` }, { cause });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
