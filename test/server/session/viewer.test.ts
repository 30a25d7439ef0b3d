/** What a viewer is told, and in which order. */
import { expect, test } from 'vitest';
import { Backlog } from '../../../server/session/backlog.ts';
import type { Snapshot } from '../../../server/session/screen.ts';
import { SizeTrail } from '../../../server/session/size-trail.ts';
import { Viewer } from '../../../server/session/viewer.ts';

const wide = { cols: 120, rows: 30 };
const narrow = { cols: 60, rows: 20 };

/** A viewer that is brought a screen of a terminal of 120 columns; what it is told. */
function openViewer() {
  const told: string[] = [];
  let now = 0;
  let drawing = Promise.withResolvers<Snapshot>();
  const backlog = new Backlog({ capacityBytes: 65_536 });
  backlog.append(new Uint8Array(100_000));
  const sizes = new SizeTrail(wide);
  const viewer: Viewer = new Viewer(
    {
      ...{ viewer: 'late', size: narrow },
      sink: {
        sendFrame: ({ kind }) => told.push(kind),
        sendMessage: (message) => told.push('size' in message ? `${message.type} ${message.size.cols}` : message.type),
        isReady: () => true,
        handleReplaced: () => {},
      },
    },
    {
      ...{ epoch: 'e', terminal: 't1', backlog, sizes, now: () => now, releasedTo: () => backlog.end },
      ...{ exitMessage: () => undefined, takeSnapshot: () => drawing.promise, inputOf: () => 0 },
      handleCaughtUp: () => viewer.pull(),
      tellSize: () => viewer.tellSize(sizes.at(backlog.end), true),
    },
  );
  viewer.start({});
  const draw = async () => {
    const { promise, resolve } = drawing;
    drawing = Promise.withResolvers<Snapshot>();
    resolve({ seq: backlog.end, bytes: new Uint8Array(9), size: wide });
    await promise;
  };
  /** So much is printed that all before it is gone, and the viewer has rendered what it was sent before. */
  const runPast = () => {
    viewer.flow.handleAck(backlog.end);
    backlog.append(new Uint8Array(200_000));
    viewer.pull();
  };
  const wait = (ms: number) => {
    now += ms;
    viewer.pull();
  };
  return { viewer, told, draw, runPast, wait, resize: () => sizes.note(backlog.end, narrow) };
}

test('a screen comes in the size that it was drawn for, also when the terminal has another by then', async () => {
  const still = openViewer();
  await still.draw();
  expect(still.told).toEqual(['attached 120', 'size 120', 'snapshot']);
  const resized = openViewer();
  resized.resize();
  await resized.draw();
  expect(resized.told).toEqual(['attached 120', 'snapshot', 'size 60']);
});

test('a hidden page that a flood runs past gets a screen now and then, and one at once when it is shown', async () => {
  const { viewer, told, draw, runPast, wait } = openViewer();
  const screens = () => told.filter((each) => each === 'snapshot').length;
  await draw();
  expect(screens()).toBe(1);
  viewer.isHidden = true;
  runPast();
  wait(9_000);
  await draw();
  expect([screens(), viewer.isWaitingForScreen]).toEqual([1, false]);
  wait(1_000);
  expect(viewer.isWaitingForScreen).toBe(true);
  await draw();
  expect(screens()).toBe(2);
  runPast();
  expect(viewer.isWaitingForScreen).toBe(false);
  viewer.isHidden = false;
  viewer.pull();
  expect(viewer.isWaitingForScreen).toBe(true);
});
