/**
 * What a terminal shows, by a headless xterm.js: read only when a snapshot is wanted or bytes are about to
 * leave the backlog, so that a terminal whose output fits the backlog costs no parsing and no screen memory.
 * Knows nothing about viewers.
 */
import { createRequire } from 'node:module';
import type { Terminal } from '@xterm/headless';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { Backlog } from './backlog.ts';
import { createHeadlessTerminal, useGraphemes } from './headless-terminal.ts';
import { classifyOutput, type OutputKind } from './plain-output.ts';
import { findLastShift, trackCharsets } from './screen-charsets.ts';
import { trackCursor } from './screen-cursor.ts';
import { findLastRegion, needsGraphemes, trackExtraModes } from './screen-modes.ts';
import { countUnfinished, mostUnfinishedBytes } from './unfinished.ts';

// Required, not imported: CommonJS without names that Node can see.
const require = createRequire(import.meta.url);
const serializing = require('@xterm/addon-serialize') as typeof import('@xterm/addon-serialize');

/** A screen that stands for everything before `seq`. */
export interface Snapshot {
  readonly seq: number;
  readonly bytes: Uint8Array;
  /** What it is drawn for. */
  readonly size: TerminalSize;
}

/** Settings of a screen. */
export interface ScreenOptions {
  readonly backlog: Backlog;
  readonly size: TerminalSize;
  /** Called when more is waiting to be parsed than should be, and when it is no longer. */
  readonly onPressure: (isHigh: boolean) => void;
}

/** Lines above the screen that a snapshot carries. */
export const scrollbackLines = 1000;
/** Unparsed bytes handed to xterm.js above which reading waits, and below which it goes on. */
const pressureBytes = { high: 1024 * 1024, low: 256 * 1024 } as const;
const pieceBytes = 64 * 1024;
/** So much of a character may stand on either side of a cut, as far as it tells which width tables it needs. */
const seamBytes = 2;

interface Emulator {
  readonly terminal: Terminal;
  shift(level: 0 | 1): void;
  serialize(): string;
}

/** The state of a terminal's screen. */
export class Screen implements Disposable {
  readonly #backlog: Backlog;
  readonly #onPressure: (isHigh: boolean) => void;
  readonly #resizes: { readonly at: number; readonly size: TerminalSize }[] = [];
  readonly #kinds = new Map<number, OutputKind>();
  readonly #firstSize: TerminalSize;
  #emulator: Emulator | undefined;
  #size: TerminalSize;
  #parsed = 0;
  #wasPlain = false;
  /** Whether lines scroll within a part of the screen: then they do not push away what is outside it. */
  #hasRegion = false;
  /** The end of what was parsed last. */
  #lastBytes = new Uint8Array();
  #pendingBytes = 0;
  #isHigh = false;

  constructor({ backlog, size, onPressure }: ScreenOptions) {
    this.#backlog = backlog;
    this.#firstSize = size;
    this.#size = size;
    this.#onPressure = onPressure;
  }

  /** The terminal's size changes here, between the bytes before and after. */
  resize(size: TerminalSize): void {
    const at = this.#backlog.end;
    if (this.#resizes.at(-1)?.at === at) this.#resizes.pop();
    this.#resizes.push({ at, size });
  }

  /** Reads the output up to `end`, which is about to leave the backlog. */
  advance(end: number): void {
    while (this.#parsed < end) {
      this.#applyResizes();
      const until = Math.min(end, this.#resizes[0]?.at ?? end);
      this.#readPiece(this.#backlog.view(this.#parsed, Math.min(pieceBytes, until - this.#parsed)));
    }
    this.#applyResizes();
  }

  /** The screen as it is now. Resolves when all output up to now is parsed; undefined when disposed before. */
  async snapshot(): Promise<Snapshot> {
    this.advance(this.#backlog.end);
    const seq = this.#parsed - this.#countUnfinished();
    const size = this.#size;
    const { terminal, serialize } = this.#open();
    const { promise, resolve } = Promise.withResolvers<Snapshot>();
    // Inside the callback the emulator stands exactly here, whatever was written after it.
    terminal.write('', () => resolve({ seq, size, bytes: Buffer.from(serialize()) }));
    return promise;
  }

  [Symbol.dispose](): void {
    this.#emulator?.terminal.dispose();
  }

  /** What a page would read from its middle if it were part of the snapshot: it shows nothing yet, and comes again as output. */
  #countUnfinished(): number {
    const from = Math.max(this.#backlog.start, this.#parsed - mostUnfinishedBytes);
    return countUnfinished(this.#backlog.copy(from, this.#parsed));
  }

  #readPiece(piece: Uint8Array): void {
    const kind = this.#kindAt(this.#parsed, piece);
    if (kind.kind === 'other') this.#hasRegion = findLastRegion(piece, this.#size.rows) ?? this.#hasRegion;
    const isFollowed = this.#wasPlain && !this.#hasRegion && this.#isScrolledAway(piece.length);
    const canSkip = kind.kind === 'plain' && kind.lastLine > kind.firstLine && isFollowed;
    this.#wasPlain = kind.kind === 'plain' || (this.#wasPlain && !piece.includes(0x1b));
    if (canSkip) {
      // The first line's beginning was parsed before; the last one's rest comes with the next piece.
      this.#parse(piece.subarray(0, kind.firstLine));
      if (kind.colours !== '') this.#parse(Buffer.from(kind.colours, 'latin1'));
      this.#parse(piece.subarray(kind.lastLine));
    } else this.#parse(piece);
    this.#kinds.delete(this.#parsed);
    this.#parsed += piece.length;
  }

  /** Whether plain lines after this piece push everything before them out of the scrollback. */
  #isScrolledAway(length: number): boolean {
    let missing = 2 * this.#size.rows + scrollbackLines;
    let at = this.#parsed + length;
    const until = this.#resizes[0]?.at ?? this.#backlog.end;
    while (missing > 0) {
      const piece = this.#backlog.view(at, Math.min(pieceBytes, until - at));
      const kind = this.#kindAt(at, piece);
      if (kind.kind === 'other') return false;
      missing -= kind.lines;
      at += piece.length;
    }
    return true;
  }

  /** Classifies a piece once: it is looked at as what follows others before its own turn comes. */
  #kindAt(at: number, piece: Uint8Array): OutputKind {
    const known = this.#kinds.get(at);
    if (known !== undefined && piece.length === pieceBytes) return known;
    const kind = classifyOutput(piece);
    if (piece.length === pieceBytes) this.#kinds.set(at, kind);
    return kind;
  }

  #parse(piece: Uint8Array): void {
    if (piece.length === 0) return;
    const { terminal, shift } = this.#open();
    // A character that is cut in two is measured with the piece that completes it.
    const seam = Buffer.concat([this.#lastBytes, piece.subarray(0, seamBytes)]);
    this.#lastBytes = piece.slice(-seamBytes);
    if (terminal.unicode.activeVersion === '6' && (needsGraphemes(seam) || needsGraphemes(piece))) {
      this.#then(useGraphemes);
    }
    this.#pendingBytes += piece.length;
    const level = findLastShift(piece);
    // Copied: the backlog uses its memory again.
    terminal.write(new Uint8Array(piece), () => {
      if (level !== undefined) shift(level);
      this.#handleParsed(piece.length);
    });
    this.#updatePressure();
  }

  #handleParsed(bytes: number): void {
    this.#pendingBytes -= bytes;
    this.#updatePressure();
  }

  #updatePressure(): void {
    const isHigh = this.#pendingBytes > (this.#isHigh ? pressureBytes.low : pressureBytes.high);
    if (isHigh === this.#isHigh) return;
    this.#isHigh = isHigh;
    this.#onPressure(isHigh);
  }

  #applyResizes(): void {
    for (let next = this.#resizes[0]; next !== undefined && next.at <= this.#parsed; next = this.#resizes[0]) {
      const { size } = next;
      this.#resizes.shift();
      this.#size = size;
      this.#then((terminal) => terminal.resize(size.cols, size.rows));
    }
  }

  /** Does something between the bytes that were written before and those that come after. */
  #then(act: (terminal: Terminal) => void): void {
    const { terminal } = this.#open();
    terminal.write('', () => act(terminal));
  }

  #open(): Emulator {
    this.#emulator ??= openEmulator(this.#firstSize);
    return this.#emulator;
  }
}

/** Where the add-on's second screen begins. It takes colours to be plain there, and leaves those of the moment before it. */
const secondScreen = '\x1b[?1049h';

function withPlainSecondScreen(drawing: string): string {
  return drawing.replace(secondScreen, `\x1b[0m${secondScreen}`);
}

function openEmulator(size: TerminalSize): Emulator {
  const terminal = createHeadlessTerminal(size, scrollbackLines);
  const serializer = new serializing.SerializeAddon();
  terminal.loadAddon(serializer);
  const extraModes = trackExtraModes(terminal);
  const cursor = trackCursor(terminal);
  const charsets = trackCharsets(terminal);
  // The region sends the cursor home and saves it on the way; in the sets there is nothing left to be written.
  const rest = () => extraModes() + cursor() + charsets.write();
  const serialize = () => withPlainSecondScreen(serializer.serialize({ scrollback: scrollbackLines })) + rest();
  return { terminal, shift: charsets.shift, serialize };
}
