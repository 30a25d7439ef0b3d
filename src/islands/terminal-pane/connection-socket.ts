/**
 * The WebSocket of a terminal: one at a time, made anew after each cut. Knows nothing about what is said on it.
 */
import { withFirstMessage } from '../../protocol/first-message.ts';
import { replacedCode } from '../../protocol/frame.ts';
import type { ClientMessage } from '../../protocol/terminal.ts';
import { finalCloseCodes } from './connection-state.ts';

/** What is said at once, and what is heard. */
export interface SocketParts {
  /** Goes with the address. */
  readonly first: ClientMessage;
  readonly onOpen: () => void;
  /** A text, or an `ArrayBuffer`. */
  readonly onMessage: (data: unknown) => void;
  readonly onClose: (code: number) => void;
}

/** Opens and leaves sockets to one address. */
export class ConnectionSocket {
  readonly #url: string;
  #socket: WebSocket | undefined;
  /** An attempt was given up whose first message may still arrive, and replace the connection that came after it. */
  #hasLateAttempt = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** Opens another one; the one before is left. */
  open({ first, onOpen, onMessage, onClose }: SocketParts): void {
    this.leave();
    const socket = new WebSocket(withFirstMessage(this.#url, first));
    socket.binaryType = 'arraybuffer';
    socket.onopen = onOpen;
    socket.onmessage = (event: { data: unknown }) => onMessage(event.data);
    socket.onclose = (event: { code: number }) => onClose(event.code);
    this.#socket = socket;
  }

  /** Says something, if there is a socket that is open. */
  send(data: string | Uint8Array<ArrayBuffer>): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(data);
  }

  /** Closes it, and hears nothing of it any more. */
  leave(): void {
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#hasLateAttempt = true;
    this.#socket.close();
    this.#socket = undefined;
  }

  /** Whether a close is for good. What was replaced by an own attempt that came late comes back, once for each such attempt. */
  isFinal(code: number): boolean {
    const isByOwn = code === replacedCode && this.#hasLateAttempt;
    if (isByOwn) this.#hasLateAttempt = false;
    return finalCloseCodes.has(code) && !isByOwn;
  }
}
