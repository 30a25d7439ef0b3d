/**
 * One viewer of a terminal: where it is in the output, how far it may be sent ahead, and how it is brought up
 * to date. It pulls from the backlog at its own speed and never makes anybody wait.
 * Knows no transport: what it has to say goes to a `ViewerSink`.
 */
import { Fault } from '../../src/faults.ts';
import {
  type Frame,
  isSameSize,
  maxOutputBytes,
  promptAckBytes,
  type ServerMessage,
  type TerminalSize,
} from '../../src/protocol/terminal.ts';
import type { Backlog } from './backlog.ts';
import { FlowWindow } from './flow-window.ts';
import { InputReceipts } from './input-receipts.ts';
import type { Snapshot } from './screen.ts';
import type { SizeTrail } from './size-trail.ts';

/** Where a viewer's output goes. */
export interface ViewerSink {
  sendFrame(frame: Frame): void;
  sendMessage(message: ServerMessage): void;
  /** Whether it takes more now. When it does again, it calls `pull` on its attachment. */
  isReady(): boolean;
  /** The same viewer has come by another way; nothing is sent here any more. */
  handleReplaced(): void;
}

/** What a viewer asks for when it comes. */
export interface AttachRequest {
  /** Random id kept by the page. */
  readonly viewer: string;
  readonly sink: ViewerSink;
  readonly size: TerminalSize;
  /** What the page already shows: bytes before `from` of the session's life `epoch`. */
  readonly epoch?: string;
  readonly from?: number;
  /** A read-only viewer sees everything and changes nothing. */
  readonly readOnly?: boolean;
}

/** How the gateway drives an attached viewer. Disposing detaches it; the shell lives on. */
export interface Attachment extends Disposable {
  /** Input that begins at this viewer's offset `seq`. Answers by `received`, or by `refused` through the sink. */
  input(seq: number, bytes: Uint8Array): void;
  /** The viewer's pane has a size: the terminal's, when this viewer is in control or takes it. */
  resize(size: TerminalSize, options?: { readonly takeControl?: boolean | undefined }): void;
  /** Everything before `seq` is rendered. */
  acknowledge(seq: number): void;
  /** Nobody sees the viewer now, or somebody does again. */
  hide(isHidden: boolean): void;
  /** The sink takes more again. */
  pull(): void;
}

/** What a viewer needs of its session. */
export interface ViewerHost {
  readonly epoch: string;
  readonly terminal: string;
  readonly backlog: Backlog;
  readonly sizes: SizeTrail;
  readonly now: () => number;
  /** Output before this may be sent; what comes after it is still being gathered. */
  releasedTo(): number;
  /** The exit to announce once all output is sent. */
  exitMessage(): ServerMessage | undefined;
  takeSnapshot(): Promise<Snapshot>;
  /** Says the size and whether this viewer is in control. */
  tellSize(viewer: Viewer): void;
  inputOf(viewer: string): number;
  handleCaughtUp(viewer: Viewer): void;
}

/**
 * Output that a new page is given as it was printed: some 5,000 full lines, which is what a page keeps. With more, a snapshot
 * is quicker.
 */
export const freshBytes = 1024 * 1024;
/** A viewer with less than this left to render is about to wait for more, bytes. */
const shortBytes = 64 * 1024;
/** Rather than sending less than this, wait for the window to open further; that much is acknowledged at once. */
const leastFrameBytes = promptAckBytes;

/** How often a hidden page gets a screen at most, ms; when it is shown, at once. */
const hiddenScreenMs = 10_000;

/** An attached viewer. */
export class Viewer {
  readonly id: string;
  readonly readOnly: boolean;
  readonly sink: ViewerSink;
  size: TerminalSize;
  /** Whether nobody sees it now. A browser lets such a page render little, and nobody is to wait for that. */
  isHidden = false;
  flow: FlowWindow;
  /** Says what of this viewer's input has arrived. */
  readonly receipts: InputReceipts;
  readonly #host: ViewerHost;
  #state: 'following' | 'waiting-for-screen' | 'gone' = 'following';
  /** When a screen was last asked for. */
  #drawnAtMs = Number.NEGATIVE_INFINITY;
  #knowsExit = false;
  /** Output before this is repeated: it was printed before the viewer came. */
  #liveFrom = 0;

  constructor(request: AttachRequest, host: ViewerHost) {
    this.id = request.viewer;
    this.readOnly = request.readOnly ?? false;
    this.sink = request.sink;
    this.size = request.size;
    this.#host = host;
    this.flow = new FlowWindow(host.backlog.end, host.now);
    this.receipts = new InputReceipts(host.inputOf(this.id), (input) =>
      this.sink.sendMessage({ type: 'received', input }),
    );
  }

  /** Answers the attach: from where the page was, from the beginning, or with a screen. */
  start({ epoch, from }: Pick<AttachRequest, 'epoch' | 'from'>): void {
    const { backlog, sizes } = this.#host;
    const isWhole = backlog.start === 0 && sizes.start === 0;
    const isSameLife = epoch === this.#host.epoch && from !== undefined && from <= backlog.end;
    if (isSameLife && from >= backlog.start) this.#follow('bytes', from);
    else if (!isSameLife && isWhole && backlog.end <= freshBytes) this.#follow('fresh', 0);
    else this.#bringScreen();
  }

  /** Whether output waits for the viewer to take or to acknowledge what it was sent. */
  get isBlocked(): boolean {
    return this.flow.roomBytes < leastFrameBytes || !this.sink.isReady();
  }

  /** Whether it has rendered nearly everything that it was sent. */
  get isShort(): boolean {
    return this.flow.unrenderedBytes < shortBytes;
  }

  /** Whether a snapshot is being made for it, which needs the bytes after it. */
  get isWaitingForScreen(): boolean {
    return this.#state === 'waiting-for-screen';
  }

  /** Sends what there is as far as window and transport allow. */
  pull(): void {
    const { backlog } = this.#host;
    while (this.#state === 'following') {
      const sendableBytes = this.#host.releasedTo() - this.flow.sent;
      if (sendableBytes <= 0 || !this.#hasRoomFor(sendableBytes) || !this.sink.isReady()) break;
      if (this.flow.sent >= backlog.start) this.#sendNext(sendableBytes);
      else if (this.#isWorthDrawing) this.#bringScreen();
      else break;
    }
    if (this.#state === 'following' && this.flow.sent === backlog.end) this.#announceExit();
  }

  /** Says the size, unless output is repeated that was printed in an earlier one: then it is said after that. */
  tellSize(size: TerminalSize, isInControl: boolean): void {
    if (this.#sizeChangesAt === undefined) this.sink.sendMessage({ type: 'size', size, yours: isInControl });
  }

  /** Nothing is sent from now on. */
  leave(): void {
    this.#state = 'gone';
    this.receipts[Symbol.dispose]();
  }

  /** A flood runs past a hidden page again and again: drawing each time what nobody sees would take time from the others. */
  get #isWorthDrawing(): boolean {
    return !this.isHidden || this.#host.now() - this.#drawnAtMs >= hiddenScreenMs;
  }

  #hasRoomFor(bytes: number): boolean {
    return this.flow.roomBytes >= Math.min(leastFrameBytes, bytes);
  }

  /** Where the size changes next in output that is repeated; changes that are seen live are told at once. */
  get #sizeChangesAt(): number | undefined {
    if (this.flow.sent >= this.#liveFrom) return undefined;
    const at = this.#host.sizes.nextAfter(this.flow.sent);
    return at !== undefined && at <= this.#liveFrom ? at : undefined;
  }

  #sendNext(sendableBytes: number): void {
    const seq = this.flow.sent;
    const changesAt = this.#sizeChangesAt;
    const sameSizeBytes = (changesAt ?? Number.POSITIVE_INFINITY) - seq;
    const mostBytes = Math.min(maxOutputBytes, this.flow.roomBytes, sendableBytes, sameSizeBytes);
    const bytes = this.#host.backlog.view(seq, mostBytes);
    this.flow.handleSent(seq + bytes.length);
    this.sink.sendFrame({ kind: 'output', seq, bytes });
    if (this.flow.sent === changesAt) this.#replaySize(changesAt);
  }

  /** What comes next was printed in another size; where there is none after it, it is the terminal's own. */
  #replaySize(at: number): void {
    if (this.#sizeChangesAt === undefined) this.#host.tellSize(this);
    else this.sink.sendMessage({ type: 'size', size: this.#host.sizes.at(at), yours: false });
  }

  #follow(resume: 'bytes' | 'fresh', from: number): void {
    this.flow = new FlowWindow(from, this.#host.now);
    this.#announce(resume, from, this.#host.sizes.at(from));
    this.#host.tellSize(this);
  }

  #announce(resume: 'bytes' | 'fresh' | 'screen', from: number, size: TerminalSize): void {
    const { epoch, terminal, backlog } = this.#host;
    const liveFrom = resume === 'screen' ? from : backlog.end;
    this.#liveFrom = liveFrom;
    const input = this.#host.inputOf(this.id);
    const { readOnly } = this;
    this.sink.sendMessage({ type: 'attached', terminal, epoch, resume, from, liveFrom, input, size, readOnly });
  }

  #bringScreen(): void {
    this.#state = 'waiting-for-screen';
    this.#drawnAtMs = this.#host.now();
    this.#host.takeSnapshot().then(
      (snapshot) => this.#showScreen(snapshot),
      (cause: unknown) => this.#refuse(new Fault('internal', {}, { cause })),
    );
  }

  #showScreen({ seq, bytes, size }: Snapshot): void {
    const { backlog, sizes } = this.#host;
    if (this.#state === 'gone') return;
    this.#state = 'following';
    if (seq < backlog.start) {
      this.#bringScreen(); // Output ran past it while it was made: a newer one.
      return;
    }
    this.flow.handleSnapshotSent(seq, bytes.length);
    this.#announce('screen', seq, size);
    // A size that came while it was drawn holds for what follows it.
    const isOutgrown = !isSameSize(size, sizes.at(backlog.end));
    if (!isOutgrown) this.#host.tellSize(this);
    this.sink.sendFrame({ kind: 'snapshot', seq, bytes });
    if (isOutgrown) this.#host.tellSize(this);
    this.#host.handleCaughtUp(this);
  }

  #refuse(fault: Fault): void {
    this.sink.sendMessage({ type: 'refused', code: fault.code, message: fault.sentence });
  }

  #announceExit(): void {
    const message = this.#host.exitMessage();
    if (message === undefined || this.#knowsExit) return;
    this.#knowsExit = true;
    // What arrived before the end is not lost, so the page hears of it first.
    this.receipts.flush();
    this.sink.sendMessage(message);
  }

  /** Whether it was told that the shell ended. */
  get knowsExit(): boolean {
    return this.#knowsExit;
  }
}
