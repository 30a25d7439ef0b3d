/** At which pace a terminal is read that nobody looks at. */
import { expect, test, vi } from 'vitest';
import { Backlog } from '../../../server/session/backlog.ts';
import { asleepAfterMs, FlowControl, unattendedRate } from '../../../server/session/flow-control.ts';
import { windowLimits } from '../../../server/session/flow-window.ts';
import { SizeTrail } from '../../../server/session/size-trail.ts';
import { Viewer } from '../../../server/session/viewer.ts';

const size = { cols: 80, rows: 24 };
const pieceBytes = 4096;

/** Keeps up as long as nothing is sent: it acknowledges nothing. */
function openViewer(): Viewer {
  const sink = { sendFrame: () => {}, sendMessage: () => {}, isReady: () => true, handleReplaced: () => {} };
  return new Viewer(
    { viewer: 'awake', size, sink },
    {
      ...{ epoch: 'e', terminal: 't1', backlog: new Backlog({ capacityBytes: 65_536 }), now: () => Date.now() },
      ...{ releasedTo: () => 0, exitMessage: () => undefined, sizes: new SizeTrail(size), tellSize: () => {} },
      ...{ inputOf: () => 0, handleCaughtUp: () => {}, takeSnapshot: () => Promise.reject(new Error('none')) },
    },
  );
}

/** A program that prints as fast as it is read. */
function flood() {
  const viewers = new Set<Viewer>();
  let isPaused = false;
  const flow = new FlowControl({
    viewers,
    now: () => Date.now(),
    pause: () => (isPaused = true),
    resume: () => (isPaused = false),
    mustHoldForScreen: () => false,
  });
  /** Reads until it has to wait, or `mostBytes`. */
  const read = (mostBytes: number) => {
    let bytes = 0;
    for (; !isPaused && bytes < mostBytes; bytes += pieceBytes) flow.handleOutput(pieceBytes);
    return bytes;
  };
  return { flow, viewers, read };
}

test('a flood that nobody sees is read at full speed first, then at a pace, and never stands still', () => {
  vi.useFakeTimers();
  try {
    const { flow, read } = flood();
    using _flow = flow;
    const { burst, perSecond } = unattendedRate;
    const atOnce = read(burst * 2);
    expect(atOnce).toBeGreaterThanOrEqual(burst);
    expect(atOnce).toBeLessThan(burst + 2 * pieceBytes);
    let later = 0;
    for (let ms = 0; ms < 10_000; ms += 10) {
      vi.advanceTimersByTime(10);
      later += read(burst);
    }
    expect(later / perSecond).toBeGreaterThan(9.5);
    expect(later / perSecond).toBeLessThan(10.5);
  } finally {
    vi.useRealTimers();
  }
});

test('who comes back to it has it at full speed at once', () => {
  vi.useFakeTimers();
  try {
    const { flow, viewers, read } = flood();
    using _flow = flow;
    const { burst } = unattendedRate;
    read(burst * 2);
    expect(read(burst)).toBe(0);
    viewers.add(openViewer());
    flow.update();
    expect(read(burst * 2)).toBe(burst * 2);
  } finally {
    vi.useRealTimers();
  }
});

test('what is printed after a long quiet waits for the page like anything else, and a page that sleeps holds it up no longer', () => {
  vi.useFakeTimers();
  try {
    const { flow, viewers, read } = flood();
    using _flow = flow;
    const { burst } = unattendedRate;
    const viewer = openViewer();
    viewers.add(viewer);
    vi.advanceTimersByTime(2 * asleepAfterMs);
    viewer.flow.handleSent(windowLimits.startBytes);
    expect(read(burst)).toBe(pieceBytes);
    vi.advanceTimersByTime(asleepAfterMs);
    expect(read(burst)).toBe(burst);
  } finally {
    vi.useRealTimers();
  }
});

test('a page that is hidden holds nothing up, and does again as soon as it is shown', () => {
  vi.useFakeTimers();
  try {
    const { flow, viewers, read } = flood();
    using _flow = flow;
    const viewer = openViewer();
    viewers.add(viewer);
    viewer.flow.handleSent(windowLimits.startBytes);
    expect(read(unattendedRate.burst)).toBe(pieceBytes);
    viewer.isHidden = true;
    flow.update();
    expect(read(unattendedRate.burst)).toBe(unattendedRate.burst);
    viewer.isHidden = false;
    flow.update();
    expect(read(unattendedRate.burst)).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
