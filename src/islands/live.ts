/**
 * The page's live channel: hears pushed lab states, check results and progress, and comes back after a cut.
 * Also the page's sense of the network: when a ping stays unanswered, everything else looks whether it is cut off too.
 * Knows nothing about what the messages change.
 */
import { withFirstMessage } from '../protocol/first-message.ts';
import type { LiveClientMessage, LiveServerMessage } from '../protocol/live.ts';
import { createDeadline, openWithinMs, staleAfterMs } from './deadline.ts';
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
/** The same where the network or the page has just changed: a wrong guess costs a new socket and no more. */
const wakePongWithinMs = 1500;

/** Opens the channel and keeps it open. */
export function openLive(options: LiveOptions): void {
  // Said with the address: a terminal that opens meanwhile waits for this lesson to be prepared.
  const watch: LiveClientMessage | undefined = options.watch && { type: 'watch', ...options.watch };
  const address = watch === undefined ? options.url : withFirstMessage(options.url, watch);
  let socket: WebSocket | undefined;
  let hasBeenOpen = false;
  let startedAt = 0;
  const retry = createRetry({ run: connect, signal: options.signal, wake: options.wake });

  const say = (message: LiveClientMessage) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  };
  const leave = () => {
    answer.meet();
    if (socket) socket.onopen = socket.onmessage = socket.onclose = null;
    socket?.close();
    socket = undefined;
  };
  const handleSilence = () => {
    const wasOpen = socket?.readyState === WebSocket.OPEN;
    leave();
    if (wasOpen) {
      options.onSuspect();
      connect();
    } else retry.schedule();
  };
  const answer = createDeadline(handleSilence);
  const ping = (withinMs = pongWithinMs) => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    say({ type: 'ping' });
    answer.within(withinMs);
  };
  const handleWake = () => {
    const isStale = performance.now() - startedAt > staleAfterMs;
    if (socket?.readyState === WebSocket.CONNECTING && isStale) connect();
    else ping(wakePongWithinMs);
  };
  const handleOpen = () => {
    answer.meet();
    retry.reset();
    if (hasBeenOpen) options.onReturn();
    hasBeenOpen = true;
  };
  const handleMessage = (event: MessageEvent) => {
    const message = JSON.parse(String(event.data)) as LiveServerMessage;
    // Nothing else is an answer: it may have been on its way before the network went.
    if (message.type === 'pong') answer.meet();
    else options.onMessage(message);
  };

  function connect(): void {
    leave();
    startedAt = performance.now();
    socket = new WebSocket(address);
    answer.within(openWithinMs);
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

  const timer = setInterval(() => ping(), pingEveryMs);
  options.wake(handleWake, options.signal);
  options.signal.addEventListener('abort', () => {
    clearInterval(timer);
    leave();
  });
  connect();
}
