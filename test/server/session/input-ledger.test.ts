import { expect, test } from 'vitest';
import { InputLedger } from '../../../server/session/input-ledger.ts';

const typed = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test('what comes twice is typed once, and what overlaps is trimmed', () => {
  const ledger = new InputLedger();
  expect(typed(ledger.accept('ada', 0, Buffer.from('hello')).fresh)).toBe('hello');
  expect(ledger.accept('ada', 0, Buffer.from('hello'))).toMatchObject({ received: 5, fresh: { length: 0 } });
  const overlapping = ledger.accept('ada', 3, Buffer.from('lo world'));
  expect(typed(overlapping.fresh)).toBe(' world');
  expect(overlapping.received).toBe(11);
});

test('each viewer is counted by itself', () => {
  const ledger = new InputLedger();
  ledger.accept('ada', 0, Buffer.from('abc'));
  expect(ledger.receivedFrom('bob')).toBe(0);
  expect(ledger.receivedFrom('ada')).toBe(3);
});

test('a thousand viewers leave a bounded ledger that remembers the latest', () => {
  const ledger = new InputLedger();
  for (let viewer = 0; viewer < 1000; viewer += 1) ledger.accept(`v${viewer}`, 0, Buffer.from('x'));
  expect(ledger.receivedFrom('v0')).toBe(0);
  expect(ledger.receivedFrom('v999')).toBe(1);
});
