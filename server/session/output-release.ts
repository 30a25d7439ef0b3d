/**
 * When output goes out: small chunks at once, a flood in frames worth sending.
 * Knows how far output is released and who is short of it; sending is a given function.
 */
import { maxOutputBytes } from '../../src/protocol/frame.ts';

/** What the release of output depends on. */
export interface OutputReleaseOptions {
  /** How much was printed so far, bytes. */
  readonly printedTo: () => number;
  /** Whether some viewer has rendered nearly everything it was sent. */
  readonly isAnyoneShort: () => boolean;
  /** Sends what is released. */
  readonly send: () => void;
}

/** A read as large as this says that more is coming: the kernel hands over at most 4,095 bytes. */
const fullReadBytes = 2048;
/** How long output that follows upon a full read is gathered, ms, unless it goes out before for another reason. */
const gatherMs = 2;

/** Decides for one terminal. */
export class OutputRelease {
  readonly #options: OutputReleaseOptions;
  #isGathering = false;
  #releasedTo = 0;

  constructor(options: OutputReleaseOptions) {
    this.#options = options;
  }

  /** Output before this may be sent. What comes after it is still being gathered, and nobody gets it early. */
  get releasedTo(): number {
    return this.#isGathering ? this.#releasedTo : this.#options.printedTo();
  }

  /** So many bytes more were read. Little of it goes at once: it is the echo of a key, or the line that a program prints. */
  handleOutput(bytes: number): void {
    if (this.#isGathering) {
      if (this.#gatheredBytes >= maxOutputBytes || this.#isAwaited(bytes)) this.releaseAll();
    } else if (bytes < fullReadBytes) this.#options.send();
    else this.#begin();
  }

  /** Everything that was printed goes out now. */
  releaseAll(): void {
    this.#releasedTo = this.#options.printedTo();
    this.#options.send();
  }

  get #gatheredBytes(): number {
    return this.#options.printedTo() - this.#releasedTo;
  }

  /**
   * Gathering saves work on a page that has enough to render. One that is waiting gets each full read at once: the kernel
   * refills its buffer meanwhile, and who has nothing else to do then is put to sleep until it has.
   */
  #isAwaited(bytes: number): boolean {
    return bytes >= fullReadBytes && this.#options.isAnyoneShort();
  }

  /** A flood, perhaps: its first read goes at once as well, and what follows is gathered. */
  #begin(): void {
    this.#isGathering = true;
    this.releaseAll();
    setTimeout(() => this.#finish(), gatherMs);
  }

  /** Sends what was gathered, and gathers on as long as more comes. */
  #finish(): void {
    this.#isGathering = this.#gatheredBytes > 0;
    if (!this.#isGathering) return;
    this.releaseAll();
    setTimeout(() => this.#finish(), gatherMs);
  }
}
