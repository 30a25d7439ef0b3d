/**
 * Makes a clone a machine of its own: clock, randomness, identity, keys. All clones begin as the same frozen guest, so
 * what is not changed here is the same in every lab. Knows the guest's claim program, not how the clone came to run.
 */
import { randomBytes } from 'node:crypto';
import { Fault } from '../../../src/faults.ts';
import type { LabKeys } from '../guest/lab-keys.ts';
import type { GuestAgent } from './guest-agent.ts';

const claimProgram = '/usr/lib/tadak/claim';
/** Takes a tenth of a second; on a host with every core busy it has been seen to take several. */
const claimTimeoutMs = 30_000;

/** Claims the machine. Throws a Fault when the guest does not do it. */
export function claimMachine(
  agent: GuestAgent,
  keys: LabKeys,
  options: { readonly signal: AbortSignal },
): Promise<void> {
  return runClaim(agent, buildClaim(keys, Date.now()), options);
}

/** Gives a machine that stood still, or was put back to its past, the clock of now and fresh randomness. Throws a Fault, too. */
export function refreshMachine(agent: GuestAgent, options: { readonly signal: AbortSignal }): Promise<void> {
  return runClaim(agent, buildLines(agedValues(Date.now())), options);
}

async function runClaim(agent: GuestAgent, input: string, { signal }: { readonly signal: AbortSignal }): Promise<void> {
  const result = await agent.run(claimProgram, [], { signal, timeoutMs: claimTimeoutMs, input });
  if (result.kind === 'exited' && result.exitCode === 0) return;
  const detail = result.kind === 'exited' ? result.stderr.toString('utf8').trim().slice(0, 300) : 'claim';
  throw new Fault('lab-start-failed', { detail }, { cause: result.kind });
}

/** What the claim program reads. `nowMs` becomes the guest's clock. */
export function buildClaim(keys: LabKeys, nowMs: number): string {
  return buildLines({
    ...agedValues(nowMs),
    'machine-id': randomBytes(16).toString('hex'),
    'ssh-host-key': base64(keys.sshHost.privateKey),
    'ssh-host-key-pub': keys.sshHost.publicKey,
    'console-host-key': base64(keys.consoleHost.privateKey),
    'console-key': keys.client.publicKey,
  });
}

/** What grows old while a machine stands still. */
function agedValues(nowMs: number) {
  return { epoch: (nowMs / 1000).toFixed(3), seed: randomBytes(64).toString('hex') };
}

function buildLines(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
