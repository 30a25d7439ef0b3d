import { expect, test } from 'vitest';
import { plainText, richTextParts } from '../../src/i18n/rich-text.ts';

test('code and strong parts are told apart from text', () => {
  expect(richTextParts('Put it **before** `nginx`.')).toEqual([
    { kind: 'text', text: 'Put it ' },
    { kind: 'strong', text: 'before' },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: 'nginx' },
    { kind: 'text', text: '.' },
  ]);
});

test('stars inside code stay stars, and HTML stays text', () => {
  expect(richTextParts('`ls **/*` <b>')).toEqual([
    { kind: 'code', text: 'ls **/*' },
    { kind: 'text', text: ' <b>' },
  ]);
});

test('plain text drops the marks only', () => {
  expect(plainText('`a` and **b**')).toBe('a and b');
});
