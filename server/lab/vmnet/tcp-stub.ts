/**
 * A small TCP server side: takes one request on each connection, sends one response and closes. It keeps no timer. What it sent
 * is sent again when the peer repeats itself, which is enough on a wire that loses nothing but what a full queue drops.
 * Memory is bounded by MAX_CONNECTIONS × (MAX_REQUEST_BYTES + one response). Knows nothing about HTTP or DNS.
 */
import { joinBytes } from './bytes.ts';
import { FLAG, sequenceDifference, type TcpSegment } from './tcp-segment.ts';

/** Connections remembered at once; the least recently used one is forgotten first. */
export const MAX_CONNECTIONS = 64;
/** The longest request taken in, and the window we offer. */
export const MAX_REQUEST_BYTES = 16_384;
/** 1500 bytes of Ethernet less the headers of IPv4 and TCP. */
export const MSS_BYTES = 1460;
/** The least segment size believed, so that a tiny option cannot make us send a frame for every byte. */
const MIN_MSS_BYTES = 536;

/** Given what the peer has sent so far: the whole response, or undefined for "not complete yet". */
export type TcpService = (received: Uint8Array) => Uint8Array | undefined;

/** What one segment from the peer means to the stub. */
export interface TcpInput {
  /** Names the two ends; equal for all segments of a connection. */
  readonly key: string;
  /** The service at the destination port; undefined for a closed port. */
  readonly service: TcpService | undefined;
  readonly segment: TcpSegment;
}

/** The connections of one network. */
export interface TcpStub {
  receive(input: TcpInput): readonly TcpSegment[];
  readonly connectionCount: number;
}

interface Connection {
  readonly initialSequence: number;
  readonly mssBytes: number;
  /** Oldest sequence number the peer has not acknowledged. */
  unacknowledged: number;
  nextToSend: number;
  nextExpected: number;
  peerWindow: number;
  isPeerDone: boolean;
  received: Uint8Array;
  response: Uint8Array | undefined;
}

/** A stub without connections. `randomSequence` gives each connection its first sequence number. */
export function createTcpStub({ randomSequence }: { readonly randomSequence: () => number }): TcpStub {
  const connections = new Map<string, Connection>();
  const remember = (key: string, connection: Connection): void => {
    connections.delete(key);
    connections.set(key, connection);
    const [oldest] = connections.keys();
    if (connections.size > MAX_CONNECTIONS && oldest !== undefined) connections.delete(oldest);
  };
  const open = (key: string, segment: TcpSegment): readonly TcpSegment[] => {
    const known = connections.get(key);
    const isSynRepeat =
      known !== undefined &&
      known.nextExpected === next(segment.sequence, 1) &&
      known.unacknowledged === known.initialSequence;
    const connection = isSynRepeat ? known : createConnection(segment, randomSequence() >>> 0);
    remember(key, connection);
    return [buildSegment(segment, connection, { flags: FLAG.syn | FLAG.ack, sequence: connection.initialSequence })];
  };
  return {
    get connectionCount() {
      return connections.size;
    },
    receive({ key, service, segment }) {
      if ((segment.flags & FLAG.rst) !== 0) {
        connections.delete(key);
        return [];
      }
      const isOpening = (segment.flags & (FLAG.syn | FLAG.ack)) === FLAG.syn;
      if (service === undefined) return [buildReset(segment)];
      if (isOpening) return open(key, segment);
      const connection = connections.get(key);
      if (connection === undefined || (segment.flags & (FLAG.syn | FLAG.ack)) !== FLAG.ack)
        return [buildReset(segment)];
      remember(key, connection);
      const replies = converse(connection, service, segment);
      if (replies === undefined) {
        connections.delete(key);
        return [buildReset(segment)];
      }
      if (isFinished(connection)) connections.delete(key);
      return replies;
    },
  };
}

function createConnection(segment: TcpSegment, initialSequence: number): Connection {
  return {
    initialSequence,
    mssBytes: Math.min(MSS_BYTES, Math.max(MIN_MSS_BYTES, segment.mssBytes)),
    unacknowledged: initialSequence,
    nextToSend: next(initialSequence, 1),
    nextExpected: next(segment.sequence, 1),
    peerWindow: segment.window,
    isPeerDone: false,
    received: new Uint8Array(0),
    response: undefined,
  };
}

/** One segment on an open connection; undefined when the connection must be reset. */
function converse(connection: Connection, service: TcpService, segment: TcpSegment): readonly TcpSegment[] | undefined {
  if (!handleAcknowledgement(connection, segment)) return undefined;
  const isAckDue = takeIn(connection, segment);
  if (connection.received.length > MAX_REQUEST_BYTES) return undefined;
  if (connection.response === undefined) {
    connection.response = service(connection.received) ?? (connection.isPeerDone ? new Uint8Array(0) : undefined);
    if (connection.response !== undefined) connection.received = new Uint8Array(0);
  }
  const sent = sendMore(connection, segment);
  if (sent.length > 0 || !isAckDue) return sent;
  return [buildSegment(segment, connection, { flags: FLAG.ack, sequence: connection.nextToSend })];
}

/** Moves on by what the peer has got; goes back to what it has not got when it repeats itself. False for impossible numbers. */
function handleAcknowledgement(connection: Connection, segment: TcpSegment): boolean {
  const isNew = sequenceDifference(segment.acknowledgement, connection.unacknowledged) > 0;
  if (sequenceDifference(segment.acknowledgement, lastSendable(connection)) > 0) return false;
  if (isNew) {
    connection.unacknowledged = segment.acknowledgement;
    // After going back, the peer may acknowledge what it had all along.
    if (sequenceDifference(connection.nextToSend, segment.acknowledgement) < 0)
      connection.nextToSend = segment.acknowledgement;
  } else if (isRepeat(connection, segment)) {
    connection.nextToSend = connection.unacknowledged;
  }
  connection.peerWindow = segment.window;
  // Data before the handshake is complete would be sent below the first sequence number.
  return connection.unacknowledged !== connection.initialSequence;
}

function isRepeat(connection: Connection, segment: TcpSegment): boolean {
  if (segment.acknowledgement !== connection.unacknowledged || connection.nextToSend === connection.unacknowledged)
    return false;
  const end = next(segment.sequence, lengthOf(segment));
  if (lengthOf(segment) > 0) return sequenceDifference(end, connection.nextExpected) <= 0;
  return segment.window === connection.peerWindow;
}

/** Takes in new bytes and the peer's FIN; true when the segment must be acknowledged. */
function takeIn(connection: Connection, segment: TcpSegment): boolean {
  const known = sequenceDifference(connection.nextExpected, segment.sequence);
  const isFin = (segment.flags & FLAG.fin) !== 0;
  if (known !== 0 && lengthOf(segment) === 0) return true;
  if (known < 0 || connection.isPeerDone) return lengthOf(segment) > 0;
  const fresh = segment.payload.subarray(known);
  if (connection.response === undefined && fresh.length > 0)
    connection.received = joinBytes([connection.received, fresh]);
  connection.nextExpected = next(connection.nextExpected, fresh.length);
  if (isFin && known <= segment.payload.length) {
    connection.isPeerDone = true;
    connection.nextExpected = next(connection.nextExpected, 1);
  }
  return lengthOf(segment) > 0;
}

/** As much of the response as the peer's window takes, then FIN. */
function sendMore(connection: Connection, to: TcpSegment): TcpSegment[] {
  const segments: TcpSegment[] = [];
  const { response } = connection;
  if (response === undefined) return segments;
  const start = next(connection.initialSequence, 1);
  const windowEnd = next(connection.unacknowledged, connection.peerWindow);
  for (;;) {
    const offset = sequenceDifference(connection.nextToSend, start);
    const room = sequenceDifference(windowEnd, connection.nextToSend);
    const payload = response.subarray(offset, offset + Math.min(connection.mssBytes, Math.max(0, room)));
    const isLast = offset <= response.length && offset + payload.length === response.length;
    if (payload.length === 0 && !isLast) return segments;
    const flags = FLAG.ack | (isLast ? FLAG.fin | FLAG.psh : 0);
    segments.push(buildSegment(to, connection, { flags, sequence: connection.nextToSend, payload }));
    connection.nextToSend = next(connection.nextToSend, payload.length + (isLast ? 1 : 0));
    if (isLast) return segments;
  }
}

function isFinished(connection: Connection): boolean {
  return (
    connection.isPeerDone && connection.response !== undefined && connection.unacknowledged === lastSendable(connection)
  );
}

/** The sequence number after everything that this side will ever send, FIN included. */
function lastSendable(connection: Connection): number {
  const { initialSequence, response } = connection;
  return next(initialSequence, 1 + (response === undefined ? 0 : response.length + 1));
}

function lengthOf(segment: TcpSegment): number {
  return (
    segment.payload.length + ((segment.flags & FLAG.syn) !== 0 ? 1 : 0) + ((segment.flags & FLAG.fin) !== 0 ? 1 : 0)
  );
}

function next(sequence: number, length: number): number {
  return (sequence + length) >>> 0;
}

function buildSegment(
  to: TcpSegment,
  connection: Connection,
  part: { readonly flags: number; readonly sequence: number; readonly payload?: Uint8Array },
): TcpSegment {
  return {
    sourcePort: to.destinationPort,
    destinationPort: to.sourcePort,
    sequence: part.sequence,
    acknowledgement: connection.nextExpected,
    flags: part.flags,
    window: MAX_REQUEST_BYTES,
    mssBytes: MSS_BYTES,
    payload: part.payload ?? new Uint8Array(0),
  };
}

/** "There is nothing here" (RFC 9293 3.5.2), with numbers that the peer will believe. */
function buildReset(to: TcpSegment): TcpSegment {
  const isAcknowledging = (to.flags & FLAG.ack) !== 0;
  return {
    sourcePort: to.destinationPort,
    destinationPort: to.sourcePort,
    sequence: isAcknowledging ? to.acknowledgement : 0,
    acknowledgement: isAcknowledging ? 0 : next(to.sequence, lengthOf(to)),
    flags: isAcknowledging ? FLAG.rst : FLAG.rst | FLAG.ack,
    window: 0,
    mssBytes: MSS_BYTES,
    payload: new Uint8Array(0),
  };
}
