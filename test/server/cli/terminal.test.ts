import { expect, test } from 'vitest';
import { createTerminal } from '../../../server/cli/terminal.ts';

function createScreen(isTTY: boolean) {
  let text = '';
  const out = { isTTY, write: (more: string) => (text += more) };
  let at = 0;
  const terminal = createTerminal('ko', {
    out,
    error: { write: (more) => (text += `!${more}`) },
    now: () => (at += 1000),
  });
  return { terminal, text: () => text };
}
const label = { ko: '준비', en: 'Preparing' };

test('progress is a bar that redraws itself on a terminal', () => {
  const { terminal, text } = createScreen(true);
  terminal.showProgress({ label, fraction: 0.5 });
  expect(text()).toBe(`\r\x1b[K[${'█'.repeat(12)}${'░'.repeat(12)}]  50% 준비 (1 s)`);
});

test('a sentence comes above the bar, which stays', () => {
  const { terminal, text } = createScreen(true);
  terminal.showProgress({ label, fraction: 1 });
  terminal.say({ ko: '안녕', en: 'hello' });
  expect(text()).toMatch(/\r\x1b\[K안녕\n\r\x1b\[K\[█{24}\] 100% 준비/);
  terminal.endProgress();
  expect(text()).toMatch(/\r\x1b\[K$/);
});

test('elsewhere progress is a line for each quarter', () => {
  const { terminal, text } = createScreen(false);
  for (let percent = 0; percent <= 100; percent += 5) terminal.showProgress({ label, fraction: percent / 100 });
  expect(text()).toBe('준비 0%\n준비 25%\n준비 50%\n준비 75%\n준비 100%\n');
});

test('warnings go to the error stream', () => {
  const { terminal, text } = createScreen(false);
  terminal.warn({ ko: '조심', en: 'careful' });
  expect(text()).toBe('!조심\n');
});
