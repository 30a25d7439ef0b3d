/**
 * The page's live channel: hears pushed lab states, check results and progress, and comes back after a cut.
 * Also the page's sense of the network: when a ping stays unanswered, everything else reconnects too.
 * Knows nothing about what the messages change.
 */
import type { LiveClientMessage, LiveServerMessage } from '../protocol/live.ts';
import { createRetry, type WakeSource } from './retry.ts';

/** What a live channel is made of. */
export interface LiveOptions {
  readonly url: string;
  /** The lesson this page shows, if any. */
  readonly watch: { readonly course: string; readonly lesson: string } | undefined;
  readonly wake: WakeSource;
  readonly onMessage: (message: LiveServerMessage) => void;
  /** The door stayed shut: perhaps the server no longer knows who this is. */
  readonly onShut: () => void;
  /** Connected again after a cut: pushed messages may have been missed. */
  readonly onReturn: () => void;
  /** The network is not what it was: other sockets may be dead without knowing it. */
  readonly onSuspect: () => void;
  readonly signal: AbortSignal;
}

/** Keeps proxies, which often give up after 60 s, from closing the socket. */
const pingEveryMs = 25_000;
/** A ping that is unanswered for this long means a dead socket. */
const pongWithinMs = 5000;

/** Opens the channel and keeps it open. */
export function openLive(options: LiveOptions): void {
  let socket: WebSocket | undefined;
  let hasBeenOpen = false;
  let pong: ReturnType<typeof setTimeout> | undefined;
  const retry = createRetry({ run: connect, signal: options.signal, wake: options.wake });

  const say = (message: LiveClientMessage) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const leave = () => {
    clearTimeout(pong);
    pong = undefined;
    if (socket) socket.onclose = null;
    socket?.close();
    socket = undefined;
  };
  const handleSilence = () => {
    leave();
    options.onSuspect();
    connect();
  };
  const ping = () => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    say({ type: 'ping' });
    pong ??= setTimeout(handleSilence, pongWithinMs);
  };
  const handleOpen = () => {
    retry.reset();
    if (options.watch) say({ type: 'watch', ...options.watch });
    if (hasBeenOpen) options.onReturn();
    hasBeenOpen = true;
  };
  const handleMessage = (event: MessageEvent) => {
    clearTimeout(pong);
    pong = undefined;
    const message = JSON.parse(String(event.data)) as LiveServerMessage;
    if (message.type !== 'pong') options.onMessage(message);
  };

  function connect(): void {
    leave();
    socket = new WebSocket(options.url);
    socket.onopen = handleOpen;
    socket.onmessage = handleMessage;
    let isOpen = false;
    socket.addEventListener('open', () => {
      isOpen = true;
    });
    socket.onclose = () => {
      leave();
      if (!isOpen) options.onShut();
      retry.schedule();
    };
  }

  const timer = setInterval(ping, pingEveryMs);
  options.wake(ping, options.signal);
  options.signal.addEventListener('abort', () => {
    clearInterval(timer);
    leave();
  });
  connect();
}
