import { expect, test } from 'vitest';
import type { FormField } from '../../../src/course/form/form-schema.ts';
import { readValue } from '../../../src/course/form/read-value.ts';

const both = (text: string) => ({ ko: text, en: text });
const field = (format: 'ipv4' | 'netmask' | 'words'): FormField => ({
  ...{ id: 'one', kind: 'text', format, label: both('one'), solution: 'x' },
});
const choice: FormField = {
  ...{ id: 'one', kind: 'choice', label: both('one'), solution: 'a' },
  choices: [
    { id: 'a', text: both('A') },
    { id: 'b', text: both('B') },
  ],
};

test.for([
  ['192.168.113.2', '192.168.113.2'],
  ['  192.168.113.2 ', '192.168.113.2'],
  ['192.168.113.2\t', '192.168.113.2'],
  ['１９２．１６８。113.2', '192.168.113.2'],
])('the address "%s" is read as %s', ([typed = '', text]) => {
  expect(readValue(field('ipv4'), typed)).toMatchObject({ kind: 'address', text });
});

test.for([
  ['', 'empty', /비어/],
  ['   ', 'empty', /비어/],
  ['192.168.113.0/24', 'address-prefix', /마스크/],
  ['192.168.113.0 / 24', 'address-prefix', /마스크/],
  ['192.168.113.0/', 'address-prefix', /마스크/],
  ['.2', 'address-short', /네 개를 모두/],
  ['113', 'address-short', /네 개를 모두/],
  ['192.168.113', 'address-numbers', /지금은 3개예요/],
  ['192.168.113.0.1', 'address-numbers', /지금은 5개예요/],
  ['192.168.113.0.', 'address-numbers', /점이 남거나 겹쳤어요/],
  ['192.168..113', 'address-numbers', /지금은 3개이고, 점이 남거나 겹쳤어요/],
  ['192.168.113.256', 'address-large', /`256`/],
  ['192.168.113.002', 'address-zero', /`2`만/],
  ['192 168 113 2', 'address-space', /빈칸/],
  ['192.168. 113.2', 'address-space', /빈칸/],
  ['192,168,113,2', 'address-letters', /숫자와 점만/],
  ['fe80::1', 'address-letters', /숫자와 점만/],
  ['<b>1.2.3.4</b>', 'address-letters', /숫자와 점만/],
  ['공유기', 'address-letters', /숫자와 점만/],
] as const)('the address "%s" is explained as %s', ([typed, hint, ko]) => {
  const value = readValue(field('ipv4'), typed);
  expect(value).toMatchObject({ kind: 'unreadable', hint, message: { ko: expect.stringMatching(ko) } });
});

test.for([
  ['255.255.255.0', 24],
  ['/24', 24],
  ['24', 24],
  ['/ 24', 24],
  ['255.255.255.255', 32],
  ['0.0.0.0', 0],
] as const)('the mask "%s" has %i bits', ([typed, prefix]) => {
  expect(readValue(field('netmask'), typed)).toMatchObject({ kind: 'mask', prefix });
});

test.for([
  ['/33', 'mask-large'],
  ['255.255.255', 'mask-form'],
  ['big', 'mask-form'],
  ['0.0.0.255', 'mask-wildcard'],
  ['255.0.255.0', 'mask-gap'],
  ['', 'empty'],
] as const)('the mask "%s" is explained as %s', ([typed, hint]) => {
  expect(readValue(field('netmask'), typed)).toMatchObject({ kind: 'unreadable', hint });
});

test('a choice is one that there is', () => {
  expect(readValue(choice, 'b')).toEqual({ kind: 'text', text: 'b' });
  expect(readValue(choice, 'c')).toMatchObject({ kind: 'unreadable', hint: 'empty' });
});

test('in words, case and white space do not matter', () => {
  expect(readValue(field('words'), ' Lab  NET ')).toEqual({ kind: 'text', text: 'lab net' });
});
