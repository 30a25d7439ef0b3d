/**
 * Opens the WebSocket of a terminal, and lets go of one. Knows nothing about what is said on it.
 */

import { withFirstMessage } from '../../protocol/first-message.ts';
import type { ClientMessage } from '../../protocol/terminal.ts';

/** What is said at once, and what is heard. */
export interface SocketParts {
  /** Goes with the address. */
  readonly first: ClientMessage;
  readonly onOpen: () => void;
  /** A text, or an `ArrayBuffer`. */
  readonly onMessage: (data: unknown) => void;
  readonly onClose: (code: number) => void;
}

/** Opens a socket to `url`. */
export function openSocket(url: string, { first, onOpen, onMessage, onClose }: SocketParts): WebSocket {
  const socket = new WebSocket(withFirstMessage(url, first));
  socket.binaryType = 'arraybuffer';
  socket.onopen = onOpen;
  socket.onmessage = (event: { data: unknown }) => onMessage(event.data);
  socket.onclose = (event: { code: number }) => onClose(event.code);
  return socket;
}

/** Closes a socket, and hears nothing of it any more. */
export function forgetSocket(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  socket.close();
}
