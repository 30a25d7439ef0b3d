import { expect, test } from 'vitest';
import { type NetworkTyped, viewNetwork } from '../../src/islands/form-step/network-view.ts';

const empty: NetworkTyped = { network: '', subnet: '', mask: '', first: '', last: '', gateway: '', machine: '' };
const whole: NetworkTyped = {
  ...{ network: 'VMnet8', subnet: '10.98.76.0', mask: '255.255.255.0', first: '10.98.76.128', last: '10.98.76.254' },
  ...{ gateway: '10.98.76.2', machine: '10.98.76.3' },
};

test('nothing typed, nothing drawn', () => {
  expect(viewNetwork(empty)).toEqual({ name: '', subnet: '' });
});

test('a whole plan has every part in its place', () => {
  const view = viewNetwork(whole);
  expect(view).toMatchObject({ subnet: '10.98.76.0/24', ends: ['.0', '.255'] });
  const parts = [view.host, view.gateway, view.machine, view.pool?.first, view.pool?.last];
  expect(parts.map((part) => part?.tail)).toEqual(['.1', '.2', '.3', '.128', '.254']);
  const places = parts.map((part) => part?.at ?? Number.NaN);
  expect(places).toEqual([...places].sort((left, right) => left - right));
  expect(Math.min(...places)).toBeGreaterThan(0);
  expect(Math.max(...places)).toBeLessThan(1);
  expect(parts.map((part) => part?.oddity)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});

test('what contradicts itself is marked where it is', () => {
  expect(viewNetwork({ ...whole, gateway: '10.98.76.1' })).toMatchObject({
    host: { oddity: 'clash' },
    gateway: { oddity: 'clash' },
  });
  expect(viewNetwork({ ...whole, machine: '10.98.77.3' }).machine).toEqual({ text: '10.98.77.3', oddity: 'outside' });
  expect(viewNetwork({ ...whole, machine: '10.98.76.130' }).machine?.oddity).toBe('pooled');
  expect(viewNetwork({ ...whole, last: '10.98.76.100' }).pool?.oddity).toBe('backwards');
  expect(viewNetwork({ ...whole, last: '10.98.76.255' }).pool?.oddity).toBe('outside');
});

test('what is half typed waits; masks of any length are drawn', () => {
  expect(viewNetwork({ ...whole, subnet: '10.98.' })).not.toHaveProperty('host');
  expect(viewNetwork({ ...whole, mask: '255.255.' })).not.toHaveProperty('ends');
  const wide = viewNetwork({ ...whole, subnet: '10.98.0.0', mask: '/16', gateway: '10.98.0.2' });
  expect([wide.ends, wide.gateway?.tail, wide.machine?.tail]).toEqual([['.0.0', '.255.255'], '.0.2', '.76.3']);
  for (const mask of ['/0', '/29', '/30', '/31', '/32']) expect(() => viewNetwork({ ...whole, mask })).not.toThrow();
});
