import { expect, test } from 'vitest';
import { FlowWindow, windowLimits } from '../../../server/session/flow-window.ts';
import { promptAckBytes } from '../../../src/protocol/frame.ts';

interface Run {
  readonly bytesPerMs: number;
  readonly roundTripMs: number;
  readonly forMs?: number;
}

/** Sends as the window allows to a viewer that renders at a rate, over a path of a length; gives the window at the end. */
function run({ bytesPerMs, roundTripMs, forMs = 5_000 }: Run): number {
  let now = 0;
  const window = new FlowWindow(0, () => now);
  const path: { readonly atMs: number; readonly seq: number }[] = [];
  // A key's echo first: the path is idle, so this is the true round trip.
  window.handleSent(1);
  now += roundTripMs;
  window.handleAck(1);
  let rendered = 1;
  for (; now < forMs; now += 1) {
    if (window.roomBytes > 0) window.handleSent(window.sent + window.roomBytes);
    rendered = Math.min(window.sent, rendered + bytesPerMs);
    path.push({ atMs: now + roundTripMs, seq: rendered });
    while ((path[0]?.atMs ?? Number.POSITIVE_INFINITY) <= now) window.handleAck(path.shift()?.seq ?? 0);
  }
  return window.windowBytes;
}

test('a slow renderer nearby keeps the small window, so that Ctrl-C is felt', () => {
  expect(run({ bytesPerMs: 4_000, roundTripMs: 1 })).toBe(windowLimits.startBytes);
});

test('it stays small in a flood that does not end: what waits to be rendered is not taken for distance', () => {
  expect(run({ bytesPerMs: 4_000, roundTripMs: 1, forMs: 300_000 })).toBe(windowLimits.startBytes);
});

test('acknowledgements that a page keeps back while little is printed do not make its window larger', () => {
  let now = 0;
  const window = new FlowWindow(0, () => now);
  const say = (bytes: number, ackedAfterMs: number) => {
    window.handleSent(window.sent + bytes);
    now += ackedAfterMs;
    window.handleAck(window.sent);
  };
  say(20, 1);
  for (let line = 0; line < 2_000; line += 1) say(80, 500);
  // A flood begins before the last line is acknowledged, and does not end.
  window.handleSent(window.sent + 80);
  now += 300;
  for (let frame = 0; frame < 1_000; frame += 1) {
    window.handleSent(window.sent + window.roomBytes);
    now += 8;
    window.handleAck(window.acked + promptAckBytes);
  }
  expect(window.windowBytes).toBe(windowLimits.startBytes);
});

test('a fast renderer far away gets a window for its distance', () => {
  expect(run({ bytesPerMs: 20_000, roundTripMs: 100 })).toBe(windowLimits.maxBytes);
});

test('acknowledgements are cumulative, never go back and are never believed beyond what was sent', () => {
  const window = new FlowWindow(100, () => 0);
  window.handleSent(1_100);
  window.handleAck(900);
  window.handleAck(300);
  expect(window.acked).toBe(900);
  window.handleAck(Number.MAX_SAFE_INTEGER);
  expect(window.acked).toBe(1_100);
  expect(window.roomBytes).toBe(windowLimits.startBytes);
});

test('a snapshot counts as unrendered until it is acknowledged', () => {
  const window = new FlowWindow(0, () => 0);
  window.handleSnapshotSent(5_000, 200_000);
  expect(window.roomBytes).toBe(windowLimits.startBytes - 200_000);
  window.handleAck(4_000);
  expect(window.roomBytes).toBe(windowLimits.startBytes - 200_000);
  window.handleAck(5_000);
  expect(window.roomBytes).toBe(windowLimits.startBytes);
});
