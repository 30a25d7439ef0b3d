import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faults } from '../src/faults.ts';
import type { Dictionary } from '../src/i18n/dictionary.ts';
import { en } from '../src/i18n/en.ts';
import { ko } from '../src/i18n/ko.ts';

/** Names in quotes as a language writes them; a place that is filled later is no name. */
const quoted = { ko: /「([^」{$]+)」/g, en: /"([^"{$]+)"/g } as const;
const namesIn = (sentence: string, pattern: RegExp) => [...sentence.matchAll(pattern)].map(([, name]) => name ?? '');
const keysOf = (dictionary: Dictionary, name: string) =>
  Object.entries(dictionary)
    .filter(([, value]) => value === name)
    .map(([key]) => key);

test('a button that a fault names is one of the page, the same one in both languages', () => {
  let count = 0;
  for (const [code, sentences] of Object.entries(faults)) {
    const korean = namesIn(sentences.ko, quoted.ko).map((name) => keysOf(ko, name));
    const english = namesIn(sentences.en, quoted.en).map((name) => keysOf(en, name));
    expect(korean, code).toEqual(english);
    for (const keys of korean) expect(keys, code).not.toEqual([]);
    count += korean.length;
  }
  expect(count).toBeGreaterThan(8);
});

test('what the server asks to be pressed is a button of the page', () => {
  const folder = new URL('../server', import.meta.url).pathname;
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const asked = sources.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return [
      ...namesIn(text, /「([^」{$]+)」[을를] 눌러/g).map((button) => ({ name, button, dictionary: ko })),
      ...namesIn(text, /\bpress "([^"{$]+)"/gi).map((button) => ({ name, button, dictionary: en })),
    ];
  });
  expect(asked.length).toBeGreaterThan(3);
  for (const { name, button, dictionary } of asked) expect(keysOf(dictionary, button), name).not.toEqual([]);
});
