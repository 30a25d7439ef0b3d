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
  const { promise, resolve } = Promise.withResolvers<Snapshot>();
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
      ...{ epoch: 'e', terminal: 't1', backlog, sizes, now: () => 0, releasedTo: () => backlog.end },
      ...{ exitMessage: () => undefined, takeSnapshot: () => promise, inputOf: () => 0, handleCaughtUp: () => {} },
      tellSize: () => viewer.tellSize(sizes.at(backlog.end), true),
    },
  );
  viewer.start({});
  const draw = async () => {
    resolve({ seq: backlog.end, bytes: new Uint8Array(9), size: wide });
    await promise;
  };
  return { told, draw, resize: () => sizes.note(backlog.end, narrow) };
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
