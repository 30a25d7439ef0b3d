/**
 * What one terminal's connection is made of, and how long it waits for what. Knows nothing about how it works.
 */
import { encodeFrame } from '../../protocol/frame.ts';
import type { TerminalSize } from '../../protocol/terminal.ts';
import type { RetryOptions } from '../retry.ts';
import type { ConnectionNotice, ConnectionState, SizeRule } from './connection-state.ts';
import type { ByteScreen } from './output-cursor.ts';
import type { UnsentStore } from './unsent-input.ts';

/** What a connection is made of. */
export interface TerminalConnectionOptions extends Pick<RetryOptions, 'wake' | 'firstMs' | 'mostMs' | 'random'> {
  readonly url: string;
  /** Name of the terminal, e.g. `t1`. */
  readonly terminal: string;
  /** Random id of this page. */
  readonly viewer: string;
  readonly screen: ByteScreen;
  /** The size that the pane has room for now. */
  readonly size: () => TerminalSize;
  readonly onState: (state: ConnectionState) => void;
  readonly onNotice: (notice: ConnectionNotice) => void;
  readonly onSize: (rule: SizeRule) => void;
  /** Says whether the page is hidden from everybody, at once and whenever that changes. Without it, it counts as seen. */
  readonly hiding?: (listener: (isHidden: boolean) => void, signal: AbortSignal) => void;
  /** What an earlier page of this viewer had not sent. */
  readonly unsent?: Pick<UnsentStore, 'take'>;
  /** Ends the connection for good. */
  readonly signal: AbortSignal;
  /** Time for a socket to open, ms; usually `openWithinMs`. */
  readonly openWithinMs?: number;
}

/** Bytes that may be typed while cut off: a few lines, not a file. */
export const offlineInputBytes = 4096;
/** A server that is silent this long after input is taken for gone. */
export const silenceMs = 8000;
/** Time for the answer to `attach`; opening a shell in a busy machine takes a few seconds. */
export const attachTimeoutMs = 20_000;
/** Time for the answer to a probe; a wrong guess costs a new socket, and nothing that was typed. */
export const probeMs = 1000;
/** Input of no bytes is answered like any other: that is how a page asks whether the server is there. */
export const probeFrame = encodeFrame({ kind: 'input', seq: 0, bytes: new Uint8Array() });
