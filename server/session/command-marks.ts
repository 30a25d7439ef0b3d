/**
 * Finds the shell integration's marks in the output: OSC 133 A/B/C/D and OSC 633 E, ended by BEL or ST and
 * cut anywhere between chunks. Text between marks is passed over by a native search for their beginning.
 * Knows nothing about sessions; it does not change the output.
 */

/** One mark. */
export type CommandMark =
  /** A prompt begins (A) or is complete and input begins (B). */
  | { readonly kind: 'prompt-start' }
  | { readonly kind: 'prompt' }
  | { readonly kind: 'command-line'; readonly text: string }
  | { readonly kind: 'command-start' }
  | { readonly kind: 'command-end'; readonly exitCode?: number };

/** Where a mark stands in the output: numbers of its first byte and of the byte after it. */
export interface MarkRange {
  readonly from: number;
  readonly to: number;
}

/** Longest mark that is kept, bytes; a longer one is passed over. */
const maxMarkBytes = 4096;
const esc = 0x1b;
const bel = 0x07;
const closeBracket = 0x5d;
/** Searched for natively: a flood of colours costs one call a piece. */
const introducer = '\x1b]';
const backslash = 0x5c;
/** CAN and SUB abort any sequence. */
const aborts = new Set([0x18, 0x1a]);

/** Reads marks from a stream of bytes. */
export class CommandMarks {
  readonly #onMark: (mark: CommandMark, range: MarkRange) => void;
  #state: 'text' | 'escape' | 'body' | 'body-escape' = 'text';
  #body: number[] = [];
  /** Bytes before the chunk that is read, and where the sequence that is read begins. */
  #scanned = 0;
  #from = 0;

  constructor(onMark: (mark: CommandMark, range: MarkRange) => void) {
    this.#onMark = onMark;
  }

  /** The next bytes of the output have no marks of this shell. */
  skip(bytes: number): void {
    this.#scanned += bytes;
  }

  /** Reads the next bytes of the output. */
  scan(bytes: Uint8Array): void {
    // Most of what is printed has no escape sequence.
    if (this.#state === 'text' && !bytes.includes(esc)) this.#scanned += bytes.length;
    else this.#scanSequences(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  #scanSequences(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#state === 'text') at = this.#skipText(bytes, at);
      else {
        this.#step(bytes[at] ?? 0, this.#scanned + at);
        at += 1;
      }
    }
    this.#scanned += bytes.length;
  }

  /** Returns where to go on: after the next introducer, or at the end. */
  #skipText(buffer: Buffer, from: number): number {
    const found = buffer.indexOf(introducer, from, 'latin1');
    if (found >= 0) {
      this.#begin(this.#scanned + found);
      return found + introducer.length;
    }
    if (buffer[buffer.length - 1] === esc) this.#state = 'escape';
    return buffer.length;
  }

  #begin(from: number): void {
    this.#from = from;
    this.#state = 'body';
    this.#body = [];
  }

  #step(byte: number, at: number): void {
    if (this.#state === 'escape') this.#stepEscape(byte, at);
    else if (this.#state === 'body-escape') this.#stepBodyEscape(byte, at);
    else this.#stepBody(byte, at);
  }

  #stepEscape(byte: number, at: number): void {
    if (byte === esc) return;
    if (byte === closeBracket) this.#begin(at - 1);
    else this.#state = 'text';
  }

  #stepBody(byte: number, at: number): void {
    if (byte === bel) this.#finish(at + 1);
    else if (byte === esc) this.#state = 'body-escape';
    else if (aborts.has(byte) || this.#body.length >= maxMarkBytes || !this.#canBeMark(byte)) this.#state = 'text';
    else this.#body.push(byte);
  }

  /** ESC in a body is the first half of ST, or begins another sequence. */
  #stepBodyEscape(byte: number, at: number): void {
    if (byte === backslash) this.#finish(at + 1);
    else {
      this.#state = 'escape';
      this.#stepEscape(byte, at);
    }
  }

  /** Titles and links are passed over after their first bytes. */
  #canBeMark(byte: number): boolean {
    const at = this.#body.length;
    return at > 3 || byte === '133;'.charCodeAt(at) || byte === '633;'.charCodeAt(at);
  }

  #finish(to: number): void {
    this.#state = 'text';
    const mark = parseMark(new TextDecoder().decode(Uint8Array.from(this.#body)));
    if (mark !== undefined) this.#onMark(mark, { from: this.#from, to });
  }
}

/** Parses the body of an OSC; `undefined` when it is none of the marks. */
export function parseMark(body: string): CommandMark | undefined {
  const [family, letter, argument] = body.split(';', 3);
  if (family === '633')
    return letter === 'E' ? { kind: 'command-line', text: unescapeMark(argument ?? '') } : undefined;
  if (family !== '133') return undefined;
  if (letter === 'A') return { kind: 'prompt-start' };
  if (letter === 'B') return { kind: 'prompt' };
  if (letter === 'C') return { kind: 'command-start' };
  if (letter !== 'D') return undefined;
  return /^\d{1,3}$/.test(argument ?? '')
    ? { kind: 'command-end', exitCode: Number(argument) }
    : { kind: 'command-end' };
}

/** OSC 633 writes `;` and control characters as `\xHH` and `\` as `\\`. */
function unescapeMark(text: string): string {
  return text.replace(/\\(?:\\|x([0-9a-fA-F]{2}))/g, (_, hex: string | undefined) =>
    hex === undefined ? '\\' : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
