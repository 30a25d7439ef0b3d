/**
 * Our page's protocol (docs/protocol.md), with the page's own parts for acknowledging and for numbering input.
 */
import { Acknowledger } from '../../../src/islands/terminal-pane/acknowledger.ts';
import { InputLog } from '../../../src/islands/terminal-pane/input-log.ts';
import { decodeFrame, encodeFrame } from '../../../src/protocol/frame.ts';
import type { ServerMessage } from '../../../src/protocol/terminal.ts';
import type { Wire, WireHost, WireKind } from './wire.ts';

/** Pages of our server. */
export const tadakWire: WireKind = {
  address: (port, name) => ({
    url: `ws://127.0.0.1:${port}/ws/terminal`,
    headers: { cookie: `tadak_learner=${name}` },
  }),
  open: (host, name, before) => new TadakWire(host, name, before instanceof TadakWire ? before : undefined),
};

class TadakWire implements Wire {
  readonly #host: WireHost;
  readonly #viewer: string;
  readonly #input: InputLog;
  readonly #acks = new Acknowledger((seq) => this.#say({ type: 'ack', seq }));
  #epoch: string | undefined;
  /** Number of the next byte of output. */
  #position: number;
  #isAttached = false;

  constructor(host: WireHost, name: string, before: TadakWire | undefined) {
    this.#host = host;
    this.#viewer = `bench-viewer-${name}`;
    this.#input = before === undefined ? new InputLog() : before.#input;
    this.#epoch = before === undefined ? undefined : before.#epoch;
    this.#position = before === undefined ? 0 : before.#position;
  }

  handleOpen(): void {
    const known = this.#epoch === undefined ? {} : { epoch: this.#epoch, from: this.#position };
    this.#say({ type: 'attach', terminal: 't1', viewer: this.#viewer, size: { cols: 80, rows: 24 }, ...known });
  }

  handleMessage(data: Buffer, isBinary: boolean): void {
    if (isBinary) this.#handleFrame(data);
    else this.#handleText(JSON.parse(data.toString()) as ServerMessage);
  }

  type(bytes: Uint8Array): void {
    this.#input.push(bytes);
    this.#pump();
  }

  handleClosed(): void {
    this.#acks.stop();
    this.#input.disconnect();
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
    else if (message.type === 'received') this.#input.confirm(message.input);
    this.#pump();
  }

  #handleAttached({ epoch, from, input }: Extract<ServerMessage, { type: 'attached' }>): void {
    if (epoch === this.#epoch) this.#input.resume(input);
    else this.#input.rebase(input);
    this.#epoch = epoch;
    this.#position = from;
    this.#acks.restart(from);
    this.#isAttached = true;
  }

  #pump(): void {
    if (!this.#isAttached) return;
    for (let piece = this.#input.take(); piece !== undefined; piece = this.#input.take())
      this.#host.send(encodeFrame({ kind: 'input', ...piece }));
  }

  #say(message: object): void {
    this.#host.send(JSON.stringify(message));
  }
}
