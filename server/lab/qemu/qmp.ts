/**
 * QEMU's control protocol (QMP), just what a lab needs. QEMU is ours, so a refusal is a failure here, thrown as a Fault.
 * Knows nothing about what is asked of QEMU.
 */
import { Fault } from '../../../src/faults.ts';
import { type JsonLines, openJsonLines } from './json-lines.ts';
import { createTurns } from './wait.ts';

/** A control connection to one QEMU. */
export interface Qmp extends Disposable {
  /** Runs a command and answers with its return value. Throws a Fault when QEMU refuses, is silent or is gone. */
  command(
    name: string,
    args?: Readonly<Record<string, unknown>>,
    options?: { readonly signal: AbortSignal },
  ): Promise<unknown>;
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
  const turn = createTurns();
  let lastId = 0;
  const qmp: Qmp = {
    command: (name, args, callOptions) =>
      turn(() => ask(lines, { execute: name, ...(args && { arguments: args }), id: ++lastId }, callOptions?.signal)),
    [Symbol.dispose]: () => lines[Symbol.dispose](),
  };
  await qmp.command('qmp_capabilities', undefined, options);
  return qmp;
}

interface Command {
  readonly execute: string;
  readonly id: number;
}

async function ask(lines: JsonLines, command: Command, signal: AbortSignal | undefined): Promise<unknown> {
  const deadline = AbortSignal.timeout(answerTimeoutMs);
  const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  lines.send(command);
  for (;;) {
    const received = await lines.receive(both).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw failed(command.execute, cause);
    });
    if (received === undefined) throw failed(command.execute, undefined);
    const answer = received.value;
    // The greeting, events and late answers to commands that were given up carry no or another id.
    if (!isRecord(answer) || answer.id !== command.id) continue;
    if ('return' in answer) return answer.return;
    throw failed(command.execute, answer.error);
  }
}

function failed(what: string, cause: unknown): Fault {
  const detail = isRecord(cause) && typeof cause.desc === 'string' ? `: ${cause.desc}` : '';
  return new Fault('lab-start-failed', { detail: `QEMU ${what}${detail}` }, { cause });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
