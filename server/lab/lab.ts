/**
 * The lab as the rest of the server sees it: a machine that is ready, with terminals and a way to run
 * scripts that does not depend on what the student did to its network.
 * Knows nothing about QEMU, ssh or containers.
 */
import type { Addresses } from '../../src/course/addresses.ts';
import type { Capability } from '../../src/course/capabilities.ts';
import type { LabId, LearnerId } from '../../src/course/ids.ts';
import type { Localized } from '../../src/course/locales.ts';
import type { Machine } from '../../src/course/machines.ts';
import type { Fault } from '../../src/faults.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { Pty } from './pty.ts';

/** How a lab comes to be. */
export type LabKind = 'qemu' | 'ssh' | 'container' | 'local';

/** What is wanted of a lab. */
export interface LabSpec {
  /** Start state named by the lesson, e.g. `docker-ready`. It also says on which machine (`machineFor`), where there is a choice. */
  readonly start: string;
  readonly addresses: Addresses;
}

/** Whom a lab belongs to; written on every resource so that a sweep finds orphans. */
export interface LabOwner {
  readonly learner: LearnerId;
  /** Identifies this server process; resources of another one that is gone are orphans. */
  readonly server: string;
}

/** How far a lab's start is. */
export interface LabProgress {
  readonly label: Localized;
  /** 0–1 */
  readonly fraction: number;
}

/** Result of running a script in a lab. Streams are cut at `maxOutputBytes` each and decoded as UTF-8. */
export type ExecResult =
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
      readonly truncated: boolean;
      readonly durationMs: number;
    }
  | { readonly kind: 'timed-out'; readonly afterMs: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'unreachable'; readonly fault: Fault };

/** How a script is run. */
export interface ExecOptions {
  readonly signal: AbortSignal;
  /** The script and its children are killed afterwards. */
  readonly timeoutMs: number;
  /** Largest amount kept of each stream; default 256 KiB. */
  readonly maxOutputBytes?: number;
}

/** Which of the course's machines a lab is, where its provider can make more than one. */
export interface MachineChoice {
  readonly is: Machine;
  /** All that the provider can make. */
  readonly of: readonly Machine[];
}

/** A state of a whole machine that is kept: memory, disk, everything that runs. */
export interface LabCheckpoint {
  readonly id: string;
  /** What it takes on the host's disk. */
  readonly bytes: number;
}

/** Keeps and brings back states of one lab. */
export interface LabCheckpoints {
  /** The ids of those that there are, oldest first. */
  readonly ids: readonly string[];
  /** Keeps the state as it is now; the machine stands still for some tenths of a second. Throws a Fault; the lab goes on. */
  save(signal: AbortSignal): Promise<LabCheckpoint>;
  /**
   * Puts the machine back. Its terminals end, and what was kept later is dropped. Throws Fault `not-found` for one that is not
   * kept, and any other Fault when the lab is lost by it.
   */
  restore(id: string, waiting: Waiting): Promise<void>;
  /** Keeps it no longer. */
  drop(id: string): Promise<void>;
}

/** A machine that is ready. */
export interface Lab extends AsyncDisposable {
  readonly id: LabId;
  readonly kind: LabKind;
  readonly capabilities: ReadonlySet<Capability>;
  /** Where it is reached, for people; only `ssh` labs have one. */
  readonly target?: string;
  /** Left out by labs that are the same machine whatever the lesson. */
  readonly machine?: MachineChoice;
  /** Left out by labs whose state cannot be kept. */
  readonly checkpoints?: LabCheckpoints;
  /** Opens a login shell of root (or the lab's user) with shell integration. */
  openPty(size: TerminalSize, options: { readonly signal: AbortSignal }): Promise<Pty>;
  /** Runs a bash script as root. Never throws for what happens in the lab: that is the result. */
  exec(script: string, options: ExecOptions): Promise<ExecResult>;
  /** Called once when the machine is gone for good (crashed, killed). Not called on dispose. */
  onLost(listener: (fault: Fault) => void): Disposable;
  /**
   * Called when the machine stands still for a reason of the host's, and without a fault when it goes on. Left out by labs that
   * never do.
   */
  onStandstill?(listener: (fault: Fault | undefined) => void): Disposable;
  /** Called when `capabilities` became known or changed; labs whose capabilities never change leave it out. */
  onChange?(listener: () => void): Disposable;
  /**
   * Stands still until it is claimed, for a lab that was made before anybody asked for one: nothing else of it may be used
   * meanwhile but its end. Labs that cannot change hands leave it out. Throws a Fault.
   */
  standBy?(options: { readonly signal: AbortSignal }): Promise<Claim>;
  /**
   * Lets go of the lab, whose machine runs on for a later server (`LabProvider.adopt`); its terminals end. Labs that nobody can
   * take over leave it out.
   */
  leave?(): Promise<void>;
}

/**
 * Gives a lab that stands by to its owner, with the clock and the randomness of now. Throws a Fault when it cannot be used any
 * more; it is then still to be disposed.
 */
export type Claim = (owner: LabOwner, options: { readonly signal: AbortSignal }) => Promise<void>;

/** A lab that an earlier server made for a learner. */
export interface AdoptedLab {
  readonly learner: LearnerId;
  readonly lab: Lab;
}

/** Which labs are taken over, and for whom. */
export interface AdoptOptions {
  /** The server that takes them over. */
  readonly server: string;
  /** Whether the server that a lab belonged to is gone. */
  readonly isGone: (server: string) => boolean;
  readonly signal: AbortSignal;
}

/** Who waits for something slow. */
export interface Waiting {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: LabProgress) => void;
}

/** What a pool of ready labs goes by. */
export interface Pooling {
  /** Labs that there are or that are being made or ended. */
  readonly labs: number;
  /** Told whenever there is one less. */
  onEnd(listener: () => void): Disposable;
  /** Wishes with the same answer are served by the same lab. */
  keyOf(spec: LabSpec): string;
}

/** Whether a lab that was found is somebody's. */
export type IsOwned = (owner: LabOwner, isKnown: boolean) => boolean;

/** Makes labs of one kind. */
export interface LabProvider extends AsyncDisposable {
  readonly kind: LabKind;
  /** What one lab may take of this computer's memory, MB; left out by kinds whose labs take none of it. */
  readonly memoryMb?: number;
  /** Where labs write on this computer; left out by kinds whose labs do not. */
  readonly diskFolders?: readonly string[];
  /** Left out by kinds whose labs nobody can make before they are asked for. */
  readonly pooling?: Pooling;
  /** Anything slow that is done once (image, template), with progress. Safe to call again. Throws a Fault. */
  prepare(waiting: Waiting): Promise<void>;
  /**
   * Makes one lab. What is slow and only needed for this kind of start is done here, with progress, when first asked for.
   * Throws a Fault; leaves nothing behind when it does.
   */
  provision(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab>;
  /**
   * Takes over the labs of learners that a server of the same data folder left running, by a crash or on purpose. Never throws for
   * one lab: what cannot be taken over is left to `sweep`. Left out by kinds whose labs end with their server.
   */
  adopt?(options: AdoptOptions): Promise<readonly AdoptedLab[]>;
  /**
   * Removes what dead servers left (processes, sockets, folders), and what this one did, by `isOwned`: it is told whose a lab is and
   * whether this provider knows it, that is made it and has not ended it. Returns how many labs it removed.
   */
  sweep(isOwned: IsOwned): Promise<number>;
}
