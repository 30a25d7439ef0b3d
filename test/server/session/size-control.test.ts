/** Whose size a terminal has when several viewers want another within a moment. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { resizeIntervalMs } from '../../../server/session/resize-gate.ts';
import { SizeControl } from '../../../server/session/size-control.ts';
import type { Viewer } from '../../../server/session/viewer.ts';
import type { TerminalSize } from '../../../src/protocol/terminal.ts';

const wide = { cols: 120, rows: 30 };
const narrow = { cols: 60, rows: 20 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal of a wide viewer who works in it, and a narrow one who has just come. */
function open() {
  const applied: TerminalSize[] = [];
  const told = new Map<string, string>();
  const viewer = (id: string, size: TerminalSize) => {
    const tellSize = ({ cols }: TerminalSize, isYours: boolean) => told.set(id, `${cols} ${isYours}`);
    return { id, size, readOnly: false, tellSize } as unknown as Viewer;
  };
  const sizes = new SizeControl({ size: wide, apply: (size) => applied.push(size) });
  const [first, second] = [viewer('first', wide), viewer('second', narrow)];
  for (const each of [first, second]) sizes.join(each, { asController: false });
  vi.advanceTimersByTime(resizeIntervalMs);
  return { sizes, applied, told, first, second };
}

test('two who type in turn leave the terminal in the size of the one who typed last', () => {
  const { sizes, applied, told, first, second } = open();
  for (const each of [second, first]) sizes.take(each);
  vi.advanceTimersByTime(resizeIntervalMs);
  expect(applied).toEqual([narrow, wide]);
  for (const each of [second, first]) sizes.take(each);
  vi.advanceTimersByTime(3 * resizeIntervalMs);
  expect(sizes.size).toEqual(wide);
  expect([...told]).toEqual([
    ['first', '120 true'],
    ['second', '120 false'],
  ]);
});

test('who takes control and leaves at once takes the size along, and the other one hears of its control', () => {
  const { sizes, told, first, second } = open();
  first.size = { cols: 100, rows: 30 };
  sizes.take(first);
  sizes.take(second);
  sizes.leave(second);
  sizes.passOn();
  vi.advanceTimersByTime(3 * resizeIntervalMs);
  expect(sizes.size).toEqual(first.size);
  expect(told.get('first')).toBe('100 true');
});
