/** Page and lab must count columns alike: where they differ, a line that is edited shows its cursor in the wrong place. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { run, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

/** What a Korean course prints, and what programs draw with. */
const texts = [
  ...['word', '한글', 'ㄱㅏ', '\u1112\u1161\u11ab', '漢字', '「、」', 'ｗｉｄｅ', 'ｱｲ', 'é', 'e\u0301', 'ñ'],
  ...['─│┌┘╔═', '█▒░', '→←↑', '①②', '※', '…', '·', '“”', '°', '±', '×', '€', '₩', '™'],
  ...['😀', '✅', '❌', '🚀', '⚠', '✓', '❤', '☎', '❯'],
];

/** Prints each text, asks the page where its cursor is, and the lab's own tables how wide the text is. */
const comparison = String.raw`
wrong=0
while IFS= read -r text; do
  printf '\r\e[K%s\e[6n' "$text" > /dev/tty
  IFS='[;' read -rsd R _ _ column < /dev/tty
  width=$(printf %s "$text" | wc -L)
  [ $((column - 1)) = "$width" ] && continue
  wrong=1
  printf '\r\e[Kpage %s, lab %s: %s\n' $((column - 1)) "$width" "$(printf %s "$text" | od -An -tx1)" > /dev/tty
done < texts
printf '\r\e[Kcompared, wrong: %s\n' $wrong > /dev/tty
`;

test('every text is as wide on the page as the lab takes it for', async () => {
  const page = await world.open();
  await startLab(page);
  const write = (name: string, text: string) =>
    run(page, `base64 -d > ${name} <<< ${Buffer.from(text).toString('base64')}; clear`);
  await write('texts', `${texts.join('\n')}\n`);
  await write('compare.sh', comparison);
  await run(page, 'clear; bash compare.sh');
  const shown = await sees(page, /compared, wrong: \d/);
  expect(shown.split('\n').filter((line) => line.startsWith('page '))).toEqual([]);
  expect(shown).toContain('compared, wrong: 0');
});
