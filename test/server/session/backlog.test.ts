import { expect, test } from 'vitest';
import { Backlog } from '../../../server/session/backlog.ts';
import { createRandom } from '../../support/deterministic.ts';

const byteAt = (offset: number) => (offset * 31 + (offset >> 8)) & 0xff;

function fill(backlog: Backlog, length: number): void {
  const from = backlog.end;
  backlog.append(Uint8Array.from({ length }, (_, index) => byteAt(from + index)));
}

function readAll(backlog: Backlog): Buffer {
  const pieces: Uint8Array[] = [];
  for (let at = backlog.start; at < backlog.end; ) {
    const view = backlog.view(at, 10_000);
    pieces.push(view);
    at += view.length;
  }
  return Buffer.concat(pieces);
}

test('every byte that is kept is found under its number, whatever the sizes it came in', () => {
  const random = createRandom(1);
  const backlog = new Backlog({ capacityBytes: 40_000 });
  for (let round = 0; round < 300; round += 1) {
    fill(backlog, random(round % 10 === 0 ? 60_000 : 900));
    if (round % 20 !== 0) continue;
    const { start } = backlog;
    const kept = readAll(backlog);
    expect(kept.equals(Buffer.from(Array.from({ length: kept.length }, (_, index) => byteAt(start + index))))).toBe(
      true,
    );
    expect(start + kept.length).toBe(backlog.end);
  }
});

test('it keeps its capacity but for one chunk, and tells before it drops', () => {
  const drops: number[] = [];
  const backlog: Backlog = new Backlog({
    capacityBytes: 1024 * 1024,
    onDrop: (end) => {
      expect(backlog.view(end - 1, 1)[0]).toBe(byteAt(end - 1));
      drops.push(end);
    },
  });
  for (let round = 0; round < 400; round += 1) fill(backlog, 4095);
  expect(backlog.end - backlog.start).toBeGreaterThan(1024 * 1024 - 2 * 64 * 1024);
  expect(backlog.end - backlog.start).toBeLessThanOrEqual(1024 * 1024);
  expect(drops.at(-1)).toBe(backlog.start);
});

test('a view at the end is empty', () => {
  const backlog = new Backlog({ capacityBytes: 4096 });
  expect(backlog.view(0, 10)).toHaveLength(0);
  fill(backlog, 5);
  expect(backlog.view(5, 10)).toHaveLength(0);
});
