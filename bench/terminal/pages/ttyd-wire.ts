/**
 * ttyd's protocol as its own page speaks it (html/src/components/terminal/xterm): a command byte, then bytes;
 * PAUSE and RESUME by marks of 100 KB that are not rendered yet.
 */
import type { Wire, WireHost, WireKind } from './wire.ts';

const serverCommands = { output: 0x30 } as const;
const clientCommands = { input: 0x30, pause: '2', resume: '3' } as const;
/** The page's defaults. */
const marks = { everyBytes: 100_000, high: 10, low: 4 } as const;

/** Pages of ttyd. */
export const ttydWire: WireKind = {
  address: (port) => ({ url: `ws://127.0.0.1:${port}/ws`, protocols: ['tty'] }),
  open: (host) => new TtydWire(host),
};

class TtydWire implements Wire {
  readonly #host: WireHost;
  #sinceMark = 0;
  #pendingMarks = 0;

  constructor(host: WireHost) {
    this.#host = host;
  }

  handleOpen(): void {
    this.#host.send(Buffer.from(JSON.stringify({ AuthToken: '', columns: 80, rows: 24 })));
  }

  handleMessage(data: Buffer): void {
    if (data[0] !== serverCommands.output) return;
    const bytes = data.subarray(1);
    this.#sinceMark += bytes.length;
    if (this.#sinceMark <= marks.everyBytes) this.#host.show(bytes);
    else this.#showWithMark(bytes);
  }

  type(bytes: Uint8Array): void {
    this.#host.send(Buffer.concat([Buffer.of(clientCommands.input), bytes]));
  }

  handleClosed(): void {}

  #showWithMark(bytes: Uint8Array): void {
    this.#sinceMark = 0;
    this.#pendingMarks += 1;
    if (this.#pendingMarks > marks.high) this.#host.send(Buffer.from(clientCommands.pause));
    this.#host.show(bytes, () => {
      this.#pendingMarks = Math.max(this.#pendingMarks - 1, 0);
      if (this.#pendingMarks < marks.low) this.#host.send(Buffer.from(clientCommands.resume));
    });
  }
}
