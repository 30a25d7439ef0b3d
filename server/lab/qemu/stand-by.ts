/**
 * A running lab that waits for its owner: the machine is stopped, so that it costs no processor time, and its terminal path
 * holds still. Knows nothing about who keeps such labs, nor how the lab came to run.
 */
import { Fault } from '../../../src/faults.ts';
import type { Claim } from '../lab.ts';
import type { SshConnection } from '../openssh/ssh-connection.ts';
import { assignRunFolder, type RunFolder } from '../run-folder.ts';
import { refreshMachine } from './claim.ts';
import type { GuestAgent } from './guest-agent.ts';
import type { MachineRun } from './machine-run.ts';

/** The parts of a lab that are stopped and set going again. */
export interface StandByParts {
  readonly run: RunFolder;
  readonly machine: MachineRun;
  readonly agent: GuestAgent;
  readonly ssh: SshConnection;
}

/** Longest wait for the terminal path, which comes back by itself when it was lost meanwhile, ms. */
const returnTimeoutMs = 15_000;

/** Stops the machine until its owner comes. Throws a Fault when QEMU refuses. */
export async function standBy({ run, machine, agent, ssh }: StandByParts): Promise<Claim> {
  const { process, qmp } = machine;
  await qmp.command('stop');
  ssh.holdStill(true);
  return async (owner, { signal }) => {
    if (!process.isRunning) throw new Fault('lab-lost');
    await Promise.all([qmp.command('cont'), assignRunFolder(run, { owner, process: process.identity })]);
    ssh.holdStill(false);
    await refreshMachine(agent, { signal });
    if (!(await ssh.whenUp({ signal, timeoutMs: returnTimeoutMs }))) throw new Fault('lab-unreachable');
  };
}
