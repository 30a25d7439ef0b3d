/**
 * wetty's protocol as its own page speaks it: socket.io (Engine.IO 4) over one WebSocket, strings in JSON, and a
 * `commit` for every 256 K characters that are rendered.
 */
import type { Wire, WireHost, WireKind } from './wire.ts';

/** The page's default. */
const commitEveryChars = 262_144;
const packets = { open: '0', ping: '2', pong: '3', connect: '40', event: '42' } as const;

/** Pages of wetty. */
export const wettyWire: WireKind = {
  address: (port) => ({ url: `ws://127.0.0.1:${port}/wetty/socket.io/?EIO=4&transport=websocket` }),
  open: (host) => new WettyWire(host),
};

class WettyWire implements Wire {
  readonly #host: WireHost;
  #uncommitted = 0;

  constructor(host: WireHost) {
    this.#host = host;
  }

  handleOpen(): void {}

  handleMessage(data: Buffer): void {
    const packet = data.toString();
    if (packet.startsWith(packets.event)) this.#handleEvent(JSON.parse(packet.slice(packets.event.length)));
    else if (packet === packets.ping) this.#host.send(packets.pong);
    else if (packet.startsWith(packets.open)) this.#host.send(packets.connect);
    else if (packet.startsWith(packets.connect)) this.#emit('resize', { cols: 80, rows: 24 });
  }

  type(bytes: Uint8Array): void {
    this.#emit('input', Buffer.from(bytes).toString());
  }

  handleClosed(): void {}

  #handleEvent([name, text]: readonly [string, string]): void {
    if (name !== 'data') return;
    this.#uncommitted += text.length;
    if (this.#uncommitted < commitEveryChars) {
      this.#host.show(Buffer.from(text));
      return;
    }
    this.#uncommitted -= commitEveryChars;
    this.#host.show(Buffer.from(text), () => this.#emit('commit', commitEveryChars));
  }

  #emit(name: string, value: unknown): void {
    this.#host.send(`${packets.event}${JSON.stringify([name, value])}`);
  }
}
