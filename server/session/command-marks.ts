/**
 * Finds the shell integration's marks in the output: OSC 133 A/B/C/D and OSC 633 E, ended by BEL or ST and
 * cut anywhere between chunks. Text between marks is passed over by a native search for ESC.
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

/** Longest mark that is kept, bytes; a longer one is passed over. */
const maxMarkBytes = 4096;
const esc = 0x1b;
const bel = 0x07;
const closeBracket = 0x5d;
const backslash = 0x5c;
/** CAN and SUB abort any sequence. */
const aborts = new Set([0x18, 0x1a]);

/** Reads marks from a stream of bytes. */
export class CommandMarks {
  readonly #onMark: (mark: CommandMark) => void;
  #state: 'text' | 'escape' | 'body' | 'body-escape' = 'text';
  #body: number[] = [];

  constructor(onMark: (mark: CommandMark) => void) {
    this.#onMark = onMark;
  }

  /** Reads the next bytes of the output. */
  scan(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.#state === 'text') {
        const found = findEscape(bytes, at);
        if (found < 0) return;
        // Most sequences are colours: seen here, they cost no change of state.
        const isOther = found + 1 < bytes.length && bytes[found + 1] !== closeBracket && bytes[found + 1] !== esc;
        if (!isOther) this.#state = 'escape';
        at = found + (isOther ? 2 : 1);
      } else {
        this.#step(bytes[at] ?? 0);
        at += 1;
      }
    }
  }

  #step(byte: number): void {
    if (this.#state === 'escape') this.#stepEscape(byte);
    else if (this.#state === 'body-escape') this.#stepBodyEscape(byte);
    else this.#stepBody(byte);
  }

  #stepEscape(byte: number): void {
    if (byte === esc) return;
    this.#state = byte === closeBracket ? 'body' : 'text';
    if (this.#state === 'body') this.#body = [];
  }

  #stepBody(byte: number): void {
    if (byte === bel) this.#finish();
    else if (byte === esc) this.#state = 'body-escape';
    else if (aborts.has(byte) || this.#body.length >= maxMarkBytes || !this.#canBeMark(byte)) this.#state = 'text';
    else this.#body.push(byte);
  }

  /** ESC in a body is the first half of ST, or begins another sequence. */
  #stepBodyEscape(byte: number): void {
    if (byte === backslash) this.#finish();
    else {
      this.#state = 'escape';
      this.#stepEscape(byte);
    }
  }

  /** Titles and links are passed over after their first bytes. */
  #canBeMark(byte: number): boolean {
    const at = this.#body.length;
    return at > 3 || byte === '133;'.charCodeAt(at) || byte === '633;'.charCodeAt(at);
  }

  #finish(): void {
    this.#state = 'text';
    const mark = parseMark(new TextDecoder().decode(Uint8Array.from(this.#body)));
    if (mark !== undefined) this.#onMark(mark);
  }
}

/** Bytes that are looked at one by one before the native search, whose call costs more than they do. */
const nearBytes = 48;

function findEscape(bytes: Uint8Array, from: number): number {
  const near = Math.min(bytes.length, from + nearBytes);
  for (let at = from; at < near; at += 1) if (bytes[at] === esc) return at;
  return bytes.indexOf(esc, near);
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
