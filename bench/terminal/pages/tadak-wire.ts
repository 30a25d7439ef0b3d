/**
 * Our page's protocol (docs/protocol.md), with the page's own rules for acknowledging and for how much input
 * may be on its way. Nothing is typed again after a cut: no metric types into one.
 */
import { Acknowledger } from '../../../src/islands/terminal-pane/acknowledger.ts';
import { inputWindowBytes } from '../../../src/islands/terminal-pane/input-log.ts';
import { withFirstMessage } from '../../../src/protocol/first-message.ts';
import { decodeFrame, encodeFrame, maxInputBytes } from '../../../src/protocol/frame.ts';
import type { ClientMessage, ServerMessage } from '../../../src/protocol/terminal.ts';
import type { Wire, WireHost, WireKind } from './wire.ts';

/** Pages of our server. */
export const tadakWire: WireKind = {
  address: (port, name, before) => ({
    url: withFirstMessage(`ws://127.0.0.1:${port}/ws/terminal`, attachAs(name, before)),
    headers: { cookie: `tadak_learner=${name}` },
  }),
  open: (host, before) => new TadakWire(host, before instanceof TadakWire ? before : undefined),
};

/** Said with the address, as our page does. */
function attachAs(name: string, before: Wire | undefined): ClientMessage {
  const known = before instanceof TadakWire ? before.known : {};
  return { type: 'attach', terminal: 't1', viewer: `bench-viewer-${name}`, size: { cols: 80, rows: 24 }, ...known };
}

class TadakWire implements Wire {
  readonly #host: WireHost;
  #waiting: Uint8Array = new Uint8Array();
  /** Input bytes that were sent, and that the server said it has. */
  #sent = 0;
  #confirmed = 0;
  readonly #acks = new Acknowledger((seq) => this.#say({ type: 'ack', seq }));
  #epoch: string | undefined;
  /** Number of the next byte of output. */
  #position: number;
  #isAttached = false;

  constructor(host: WireHost, before: TadakWire | undefined) {
    this.#host = host;
    this.#epoch = before === undefined ? undefined : before.#epoch;
    this.#position = before === undefined ? 0 : before.#position;
  }

  /** What a page that comes back shows already. */
  get known(): { readonly epoch?: string; readonly from?: number } {
    return this.#epoch === undefined ? {} : { epoch: this.#epoch, from: this.#position };
  }

  handleOpen(): void {}

  handleMessage(data: Buffer, isBinary: boolean): void {
    if (isBinary) this.#handleFrame(data);
    else this.#handleText(JSON.parse(data.toString()) as ServerMessage);
  }

  type(bytes: Uint8Array): void {
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
    this.#pump();
  }

  handleClosed(): void {
    this.#acks.stop();
    this.#isAttached = false;
  }

  #handleFrame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame === undefined || frame.kind === 'input') throw new Error(`not an output frame: ${data[0]}`);
    if (frame.seq !== this.#position) throw new Error(`output at ${frame.seq}, expected ${this.#position}`);
    if (frame.kind === 'snapshot') this.#host.showScreen(frame.bytes, () => this.#acks.rendered(frame.seq));
    else this.#showOutput(frame.bytes);
  }

  #showOutput(bytes: Uint8Array): void {
    this.#position += bytes.length;
    const end = this.#position;
    this.#host.show(bytes, () => this.#acks.rendered(end));
  }

  #handleText(message: ServerMessage): void {
    if (message.type === 'attached') this.#handleAttached(message);
    else if (message.type === 'received') this.#confirmed = message.input;
    this.#pump();
  }

  #handleAttached({ epoch, from, input }: Extract<ServerMessage, { type: 'attached' }>): void {
    this.#sent = input;
    this.#confirmed = input;
    this.#epoch = epoch;
    this.#position = from;
    this.#acks.restart(from);
    this.#isAttached = true;
  }

  #pump(): void {
    if (!this.#isAttached) return;
    while (this.#waiting.length > 0 && this.#sent < this.#confirmed + inputWindowBytes) {
      const bytes = this.#waiting.subarray(0, Math.min(maxInputBytes, this.#confirmed + inputWindowBytes - this.#sent));
      this.#host.send(encodeFrame({ kind: 'input', seq: this.#sent, bytes }));
      this.#sent += bytes.length;
      this.#waiting = this.#waiting.subarray(bytes.length);
    }
  }

  #say(message: object): void {
    this.#host.send(JSON.stringify(message));
  }
}
