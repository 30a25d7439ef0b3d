/**
 * A virtual network on a wire: connects to the UNIX socket of QEMU's `stream` network device, answers what the guest sends,
 * connects again when QEMU or the wire was gone. Knows nothing about how QEMU is started, nor about any protocol.
 *
 * QEMU's side: `-netdev stream,id=n0,server=on,addr.type=unix,addr.path=PATH -device virtio-net-pci,netdev=n0,mac=…`
 */
import { randomBytes } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import { isAbsolute } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createFrameDecoder, encodeFrame, type FrameDecoder } from './frame-stream.ts';
import { createNetwork, type Network } from './network.ts';
import { type BadSetting, buildPlan, type VmnetPlan, type VmnetSettings } from './plan.ts';
import { createThrottle, type Throttle } from './throttle.ts';
import type { VmnetFault } from './vmnet-fault.ts';

/** How long QEMU may take to offer its socket, at the start and after it has gone. */
const DEFAULT_CONNECT_DEADLINE_MS = 60_000;
/** Between two attempts. QEMU offers its socket within tens of milliseconds. */
const RETRY_MS = 50;
/** A connection that breaks sooner than this counts as none: without it, a peer that always hangs up would keep us busy. */
const STEADY_AFTER_MS = 1_000;
/** Replies kept for a QEMU that does not read. Beyond it frames are dropped, as a switch does: 1 MiB is some 700 full frames. */
const MAX_QUEUED_BYTES = 1_048_576;

/** Linux keeps 108 bytes for the path of a UNIX socket, the closing zero included. */
const MAX_SOCKET_PATH_BYTES = 107;

/** What a network looks like, where its guest is, and whom to tell. */
export interface VmnetOptions extends VmnetSettings {
  /** The UNIX socket that QEMU listens on: an absolute path of at most 107 bytes. It need not exist yet. */
  readonly socketPath: string;
  /** Ends the network, as disposing does. */
  readonly signal?: AbortSignal;
  /** How long to try to connect, at the start and again after each loss; 60 s when left out. Then the network stops. */
  readonly connectDeadlineMs?: number;
  /** Told of everything that goes wrong. What it throws is dropped. */
  readonly onFault?: (fault: VmnetFault) => void;
}

/** Counts since the start. */
export interface VmnetCounts {
  readonly connections: number;
  readonly framesIn: number;
  readonly framesOut: number;
  /** Replies thrown away because QEMU did not read. */
  readonly framesDropped: number;
}

/** A running network. Disposing stops it at once. */
export interface Vmnet extends Disposable {
  readonly state: 'connecting' | 'connected' | 'stopped';
  readonly counts: VmnetCounts;
  /** True at the first connection; false when the network stopped before one. */
  readonly whenConnected: Promise<boolean>;
  /** Settles when the network has stopped for good. */
  readonly whenStopped: Promise<void>;
}

interface Wire {
  readonly options: VmnetOptions;
  readonly network: Network;
  readonly signal: AbortSignal;
  readonly counts: { -readonly [Count in keyof VmnetCounts]: VmnetCounts[Count] };
  readonly report: (fault: VmnetFault) => void;
  readonly onConnected: () => void;
  state: Vmnet['state'];
}

/** One connection to QEMU. */
interface Line {
  readonly socket: Socket;
  readonly decoder: FrameDecoder;
  readonly throttle: Throttle;
}

/** Starts a network; it connects in the background. Never throws: a wrong setting is reported and the network is `stopped`. */
export function createVmnet(options: VmnetOptions): Vmnet {
  const stop = new AbortController();
  const connected = Promise.withResolvers<boolean>();
  const report = buildReport(options);
  const counts = { connections: 0, framesIn: 0, framesOut: 0, framesDropped: 0 };
  const plan = checkOptions(options);
  const isUsable = !('setting' in plan);
  if (!isUsable) report({ kind: 'bad-setting', ...plan });
  const wire: Wire | undefined = isUsable
    ? {
        options,
        network: createNetwork(plan, { randomSequence: () => randomBytes(4).readUInt32BE() }),
        signal: options.signal === undefined ? stop.signal : AbortSignal.any([stop.signal, options.signal]),
        counts,
        report,
        onConnected: () => connected.resolve(true),
        state: 'connecting',
      }
    : undefined;
  const whenStopped = (wire === undefined ? Promise.resolve() : keepConnected(wire)).then(() =>
    connected.resolve(false),
  );
  return {
    get state() {
      return wire?.state ?? 'stopped';
    },
    counts,
    whenConnected: connected.promise,
    whenStopped,
    [Symbol.dispose]: () => stop.abort(),
  };
}

function checkOptions(options: VmnetOptions): VmnetPlan | BadSetting {
  const { socketPath } = options;
  const isUsable = isAbsolute(socketPath) && Buffer.byteLength(socketPath) <= MAX_SOCKET_PATH_BYTES;
  return isUsable ? buildPlan(options) : { setting: 'socketPath', value: socketPath };
}

async function keepConnected(wire: Wire): Promise<void> {
  const deadlineMs = wire.options.connectDeadlineMs ?? DEFAULT_CONNECT_DEADLINE_MS;
  let lostAtMs = performance.now();
  let lastError: Error | undefined;
  while (!wire.signal.aborted && performance.now() - lostAtMs < deadlineMs) {
    const attemptedAtMs = performance.now();
    lastError = (await serveOnce(wire)) ?? lastError;
    if (!wire.signal.aborted) wire.state = 'connecting';
    if (performance.now() - attemptedAtMs >= STEADY_AFTER_MS) lostAtMs = performance.now();
    await delay(RETRY_MS, undefined, { signal: wire.signal }).catch(() => undefined);
  }
  wire.state = 'stopped';
  if (!wire.signal.aborted)
    wire.report({ kind: 'unreachable', socketPath: wire.options.socketPath, deadlineMs, cause: lastError });
}

/** One connection from its first attempt to its end; answers with the error that ended it, if one did. */
function serveOnce(wire: Wire): Promise<Error | undefined> {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const socket = createConnection({ path: wire.options.socketPath });
  const line: Line = { socket, decoder: createFrameDecoder(), throttle: createThrottle(socket) };
  const destroy = (): void => void socket.destroy();
  let failure: Error | undefined;
  wire.signal.addEventListener('abort', destroy, { once: true });
  socket.on('connect', () => {
    wire.counts.connections += 1;
    wire.state = 'connected';
    wire.onConnected();
  });
  socket.on('data', (chunk: Buffer) => handleChunk(wire, line, chunk));
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', () => {
    line.throttle[Symbol.dispose]();
    wire.signal.removeEventListener('abort', destroy);
    if (wire.signal.aborted) wire.state = 'stopped';
    resolve(failure);
  });
  return promise;
}

function handleChunk(wire: Wire, { socket, decoder, throttle }: Line, chunk: Buffer): void {
  if (socket.destroyed) return;
  const { frames, badLength } = decoder.push(chunk);
  socket.cork();
  for (const frame of frames) answerFrame(wire, socket, frame);
  socket.uncork();
  throttle.take(frames.length);
  if (badLength === undefined) return;
  wire.report({ kind: 'out-of-step', length: badLength });
  socket.destroy();
}

function answerFrame(wire: Wire, socket: Socket, frame: Uint8Array): void {
  wire.counts.framesIn += 1;
  try {
    for (const reply of wire.network.handleFrame(frame)) sendFrame(wire, socket, reply);
  } catch (cause) {
    wire.report({ kind: 'internal', cause });
  }
}

function sendFrame(wire: Wire, socket: Socket, frame: Uint8Array): void {
  if (socket.writableLength > MAX_QUEUED_BYTES) {
    wire.counts.framesDropped += 1;
    return;
  }
  socket.write(encodeFrame(frame));
  wire.counts.framesOut += 1;
}

function buildReport({ onFault }: VmnetOptions): Wire['report'] {
  return (fault) => {
    try {
      onFault?.(fault);
    } catch {
      // A listener's failure is the listener's; the network goes on.
    }
  };
}
