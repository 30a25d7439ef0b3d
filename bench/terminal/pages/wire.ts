/**
 * How the page of one server speaks to it. Knows nothing about rendering.
 */

/** What goes into a WebSocket: text or binary. */
export type WireMessage = string | Uint8Array;

/** Where a page of this wire connects. */
export interface WireAddress {
  readonly url: string;
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a wire needs of its page. */
export interface WireHost {
  send(message: WireMessage): void;
  /** Bytes to show, and what to do once all of them are rendered, as in xterm.js's write callback. */
  show(bytes: Uint8Array, handleRendered?: () => void): void;
  /** A drawing of the whole screen, which replaces what was shown. */
  showScreen(bytes: Uint8Array, handleRendered?: () => void): void;
}

/** One page's side of a protocol, for the time of one socket. */
export interface Wire {
  /** The socket is open. */
  handleOpen(): void;
  /** A message came. */
  handleMessage(data: Buffer, isBinary: boolean): void;
  /** Something is typed. */
  type(bytes: Uint8Array): void;
  /** The socket is gone. */
  handleClosed(): void;
}

/** Makes pages for one kind of server. `name` tells pages of one server apart. */
export interface WireKind {
  /** `before` is the wire of the page that comes back, when it does. */
  address(port: number, name: string, before?: Wire): WireAddress;
  open(host: WireHost, before?: Wire): Wire;
}
