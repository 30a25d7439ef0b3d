import { expect, test, vi } from 'vitest';
import { InputReceipts, promptReceiptBytes, receiptDelayMs } from '../../../server/session/input-receipts.ts';

test('several keys get one receipt a moment later, and a paste gets one at once', () => {
  vi.useFakeTimers();
  try {
    const told: number[] = [];
    using receipts = new InputReceipts(100, (received) => told.push(received));
    for (const received of [101, 102, 103]) receipts.note(received);
    expect(told).toEqual([]);
    vi.advanceTimersByTime(receiptDelayMs);
    expect(told).toEqual([103]);
    receipts.note(103 + promptReceiptBytes);
    expect(told).toEqual([103, 103 + promptReceiptBytes]);
    receipts.flush();
    expect(told).toHaveLength(2);
    receipts.note(104 + promptReceiptBytes);
    receipts.flush();
    expect(told).toHaveLength(3);
    vi.advanceTimersByTime(10 * receiptDelayMs);
    expect(told).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
});

test('nothing is said to a viewer that is gone', () => {
  vi.useFakeTimers();
  try {
    const told: number[] = [];
    const receipts = new InputReceipts(0, (received) => told.push(received));
    receipts.note(5);
    receipts[Symbol.dispose]();
    vi.advanceTimersByTime(10 * receiptDelayMs);
    expect(told).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('input with nothing new in it asks whether anybody is there, and is answered at once', () => {
  const told: number[] = [];
  using receipts = new InputReceipts(7, (received) => told.push(received));
  receipts.note(7);
  expect(told).toEqual([7]);
  receipts.note(9);
  receipts.note(9);
  expect(told).toEqual([7, 9]);
});
