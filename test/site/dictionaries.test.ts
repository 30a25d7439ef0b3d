import { expect, test } from 'vitest';
import { faults } from '../../src/faults.ts';
import { en } from '../../src/i18n/en.ts';
import { ko } from '../../src/i18n/ko.ts';
import { pageWords, variantName } from '../../src/i18n/page-words.ts';

const koEntries = [...Object.entries(ko), ...Object.entries(pageWords('ko'))];

test('every sentence exists in both languages and is of the same kind', () => {
  expect(Object.keys(ko).sort()).toEqual(Object.keys(en).sort());
  for (const [key, value] of Object.entries(en)) expect(typeof ko[key as keyof typeof ko], key).toBe(typeof value);
});

test('Korean sentences never end in the formal or the plain style', () => {
  const sentences = koEntries.filter(([, value]) => typeof value === 'string').map(([, value]) => String(value));
  expect(sentences.filter((sentence) => /(습니다|니까|십시오)[.?!]/.test(sentence))).toEqual([]);
});

test('a variant is called by the names of its distributions, any other capability by its own', () => {
  expect(variantName('el9', 'ko')).toContain('Rocky 9');
  expect(variantName('hub', 'ko')).toBe('이미지 저장소');
  expect(variantName('hub', 'en')).toBe('image registry');
});

test('what a fault tells the reader to press is what stands on the button', () => {
  for (const [code, sentence] of Object.entries(faults)) {
    for (const [, name] of sentence.ko.matchAll(/「([^」{]+)」/g)) expect(Object.values(ko), code).toContain(name);
    for (const [, name] of sentence.en.matchAll(/"([A-Z][^"{]+)"/g)) expect(Object.values(en), code).toContain(name);
  }
  expect(faults['lab-lost'].ko).toContain(`「${ko['lab.restart']}」`);
});
