import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { holds, run, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

const step = '#step-make-file';
const node = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`;
const state = (selector: string) => `${node(selector)}.dataset.state`;
const result = (selector: string) => `${node(`${selector} [data-result]`)}`;
const hasStatus = (page: Page, selector: string, status: string) =>
  holds(page, `${result(selector)}.dataset.status === '${status}'`, 20_000);
const textOf = (page: Page, selector: string) => page.evaluate<string>(`${node(selector)}.innerText`);

test('a check without a lab says what to do and is nobody’s mistake', async () => {
  const page = await world.open();
  await holds(page, `${state('tadak-lab-status')} === 'none'`);
  await page.click(`${step} [data-check]`);
  await hasStatus(page, step, 'error');
  expect(await textOf(page, `${step} [data-result]`)).toContain('실습');
});

test('a failed check gives its hint and leaves the focus; the right command passes by itself', async () => {
  const page = await world.open();
  await startLab(page);
  await page.focus(`${step} [data-check]`);
  await page.keyboard.press('Enter');
  await hasStatus(page, step, 'fail');
  expect(await textOf(page, `${step} [data-result]`)).toContain('아직이에요. ~/hello.txt가 아직 없어요.');
  expect(await page.evaluate(`document.activeElement.hasAttribute('data-check')`)).toBe(true);

  await page.focus('.xterm-helper-textarea');
  await run(page, String.raw`printf 'hello\nworld\n' > ~/hello.txt`);
  await hasStatus(page, step, 'pass');
  await holds(page, `${state(step)} === 'done' && ${state('a[data-step=make-file]')} === 'done'`);
  await holds(page, `${state('tadak-lesson-mark')} === 'started'`);
  await holds(page, `${node('[data-text]')}.innerText === '3단계 가운데 1단계를 마쳤어요'`);
  expect(await textOf(page, `${step} [data-why-text]`)).toContain('파일로 보냈어요');

  await page.reload();
  await holds(page, `${state(step)} === 'done'`);
});

test('the variant of the lab comes first and open once there is a lab; what the learner opens stays open', async () => {
  const page = await world.open();
  const variants = `[...document.querySelectorAll('tadak-variants details')]`;
  const names = `${variants}.map(({ dataset, open }) => dataset.variant + (open ? '+' : '')).join(' ')`;
  await holds(page, `document.querySelector('tadak-variants:defined') && ${names} === 'debian+ el8 el9'`);
  await page.click('[data-variant=el8] summary');
  await holds(page, `${names} === 'debian+ el8+ el9'`);
  await page.reload();
  await holds(page, `${names} === 'el8+ debian el9'`);
  await startLab(page);
  await holds(page, `${names} === 'el9+ debian el8'`);
  expect(await page.isVisible('[data-variant=el9] [data-yours]')).toBe(true);
  await page.click('[data-variant=debian] summary');
  await page.focus('[data-variant=debian] summary');
  await run(page, '');
  await holds(page, `${names} === 'el9+ debian el8'`);
  await page.click('[data-variant=debian] summary');
  await page.reload();
  await holds(page, `${names} === 'el9+ debian el8'`);
});

test('a solution is asked for twice and then shown; undoing asks first', async () => {
  const page = await world.open();
  await startLab(page);
  await page.click(`${step} [data-solution-ask]`);
  expect(await page.evaluate(`${node(`${step} [data-solution-script]`)}.hidden`)).toBe(true);
  await page.click(`${step} [data-solution-show]`);
  await holds(page, `${node(`${step} [data-solution-script]`)}.innerText.includes('hello.txt')`);

  await page.focus('.xterm-helper-textarea');
  await run(page, String.raw`printf 'hello\nworld\n' > ~/hello.txt`);
  await holds(page, `${state(step)} === 'done'`, 20_000);
  await page.click(`${step} [data-reset]`);
  await page.click('dialog button[value=""]');
  await page.click(`${step} [data-reset]`);
  await page.click('dialog button[value=yes]');
  await holds(page, `${result(step)}.innerText === '되돌렸어요.'`, 20_000);
  await holds(page, `${state(step)} === 'regressed'`);
});

test('asked values survive a reload, and wrong ones are marked', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, String.raw`printf 'hello\nworld\n' > ~/hello.txt; echo written`);
  await sees(page, /\nwritten/);
  // Steps are checked in their order, and a page that goes away is not checked for.
  await holds(page, `${state(step)} === 'done'`);
  await page.fill('[name="ask:lines"]', '7');
  await page.check('[name="ask:owner"][value=me]');
  await page.reload();
  await holds(page, `${node('[name="ask:lines"]')}.value === '7'`);
  expect(await page.isChecked('[name="ask:owner"][value=me]')).toBe(true);
  await page.click('#step-count-lines [data-check]');
  await hasStatus(page, '#step-count-lines', 'fail');
  await holds(page, `${node('[name="ask:lines"]')}.getAttribute('aria-invalid') === 'true'`);
  await page.fill('[name="ask:lines"]', '2');
  await page.click('#step-count-lines [data-check]');
  await hasStatus(page, '#step-count-lines', 'pass');
  await holds(page, `!${node('[name="ask:lines"]')}.hasAttribute('aria-invalid')`);
});

test('every kind of question explains, keeps its answer and can be tried again', async () => {
  const page = await world.open();
  await startLab(page);
  const question = (id: string) => `#question-${id}`;
  const submit = (id: string) => page.click(`${question(id)} [data-submit]`);

  await page.check(`${question('redirect')} [value=append]`);
  await submit('redirect');
  await hasStatus(page, question('redirect'), 'incorrect');
  expect(await textOf(page, `${question('redirect')} [data-explanation=append]`)).toContain('>>');
  expect(await page.isHidden(`${question('redirect')} [data-explanation=to-file]`)).toBe(true);
  await page.check(`${question('redirect')} [value=to-file]`);
  await submit('redirect');
  await hasStatus(page, question('redirect'), 'correct');

  await page.check(`${question('readers')} [value=cat]`);
  await page.check(`${question('readers')} [value=less]`);
  await submit('readers');
  await hasStatus(page, question('readers'), 'correct');

  const order = () =>
    page.evaluate<string[]>(
      `[...document.querySelectorAll('#question-life [data-item]')].map(({ dataset }) => dataset.item)`,
    );
  for (const [to, id] of ['amber', 'birch', 'cedar'].entries()) {
    for (let at = (await order()).indexOf(id); at > to; at -= 1) {
      await page.focus(`[data-item=${id}] [data-move=up]`);
      await page.keyboard.press(at % 2 === 0 ? 'Enter' : 'Alt+ArrowUp');
      expect(await page.evaluate(`document.activeElement.closest('[data-item]').dataset.item`)).toBe(id);
    }
  }
  await submit('life');
  await hasStatus(page, question('life'), 'correct');

  await page.fill(`${question('count-option')} input`, '-w');
  await submit('count-option');
  await hasStatus(page, question('count-option'), 'incorrect');
  expect(await textOf(page, `${question('count-option')} [data-result]`)).toContain('-w는 낱말을 세요.');
  await page.fill(`${question('count-option')} input`, '-l');
  await submit('count-option');
  await hasStatus(page, question('count-option'), 'correct');

  await page.fill(`${question('kernel-name')} input`, 'Linux');
  await submit('kernel-name');
  await hasStatus(page, question('kernel-name'), 'correct');
  await holds(page, `${state('a[data-quiz]')} === 'done'`);

  await page.reload();
  await hasStatus(page, question('redirect'), 'correct');
  expect(await page.isChecked(`${question('redirect')} [value=to-file]`)).toBe(true);
  expect(await order()).toEqual(['amber', 'birch', 'cedar']);
  await submit('redirect');
  await holds(page, `${state(question('redirect'))} === 'todo'`);
  expect(await page.isChecked(`${question('redirect')} [value=to-file]`)).toBe(false);
});

test('a machine is thrown away only after asking, and its terminal comes back on the fresh one', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'Z=old; echo had-$Z');
  await sees(page, 'had-old');
  await page.click('[data-lab=restart]');
  await page.click('dialog button[value=yes]');
  // The old machine's prompt is still there for a moment: a screen that knows nothing of it is the fresh one's.
  await sees(page, /^(?![\s\S]*had-old)[\s\S]*[$#]/);
  await holds(page, `document.querySelector('.tp-panel').dataset.state === 'attached'`, 20_000);
  await page.focus('.xterm-helper-textarea');
  await run(page, 'echo has-$Z.');
  await sees(page, 'has-.');
  await page.click('[data-lab=end]');
  await page.click('dialog button[value=yes]');
  await holds(page, `['ended', 'none'].includes(${state('tadak-lab-status')})`, 20_000);
});

test('a lesson on another machine offers that one, and asks before the present one goes', async () => {
  const offer = 'tadak-lab-status [data-lab-offer]';
  const page = await world.open();
  await startLab(page);
  expect(await page.isVisible(offer)).toBe(false);
  await page.click('[data-lab=end]');
  await page.click('dialog button[value=yes]');
  await page.evaluate(`document.querySelector('tadak-lab-status').dataset.machine = 'selinux'`);
  await page.click('[data-lab=restart]');
  await page.waitForSelector(offer);
  expect(await textOf(page, offer)).toContain('SELinux가 켜진 머신이 따로 있어요');
  await page.click('[data-lab=other-machine]');
  expect(await textOf(page, 'dialog')).toContain('진도는 남아 있어요');
  await page.click('dialog button[value=""]');
  expect(await textOf(page, 'tadak-lab-status')).toContain('준비됐어요');
});

test('the page speaks the reader’s language', async () => {
  const page = await world.open('/en.html');
  await startLab(page);
  expect(await textOf(page, 'tadak-lab-status')).toContain('Ready');
  await page.click(`${step} [data-check]`);
  await hasStatus(page, step, 'fail');
  expect(await textOf(page, `${step} [data-result]`)).toContain('There is no ~/hello.txt yet.');
});

test('a lab that nobody uses is announced with the time; one press keeps it, and its end says why', async () => {
  const page = await world.open();
  await startLab(page);
  const warning = node('[data-lab-ending]');
  const minutes = 60_000;
  world.passTime(116 * minutes);
  await holds(page, `${warning} !== null && /\\d:\\d\\d에 실습 머신을 꺼요/.test(${warning}.innerText)`);
  expect(await page.getAttribute('[data-lab-ending]', 'role')).toBe('alert');
  await page.focus('[data-lab=extend]');
  await page.keyboard.press('Enter');
  await holds(page, `${warning} === null && ${state('tadak-lab-status')} === 'ready'`);
  world.passTime(116 * minutes);
  await holds(page, `${warning} !== null`);
  world.passTime(6 * minutes);
  await holds(page, `${state('tadak-lab-status')} === 'ended' && ${warning} === null`);
  expect(await textOf(page, 'tadak-lab-status')).toContain('오래 쓰지 않아서 실습 환경을 껐어요');
  await page.click('[data-lab=restart]');
  await holds(page, `${state('tadak-lab-status')} === 'ready'`, 20_000);
});
