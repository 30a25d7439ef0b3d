/** Form steps on the page as Astro prints it: filled in by keyboard, without a lab, read by screen readers, on a phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formsFolder } from '../support/forms-course.ts';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { holds } from './support/learner-hands.ts';

const axeCode = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld(formsFolder);
}, 180_000);
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

const step = '#step-plan';
const node = (selector: string) => `document.querySelector(${JSON.stringify(selector)})`;
const box = (field: string) => `#step-plan-field-${field}`;
const hintOf = (page: Page, field: string) => page.innerText(`${box(field)} [data-ask-hint]`);
const hasStatus = (page: Page, status: string) =>
  holds(page, `${node(`${step} [data-result]`)}.dataset.status === '${status}'`);
const drawing = (page: Page, part: string) => page.textContent(`tadak-virtual-network [data-part="${part}"]`);

async function open(path = '/plans/network/', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await world.open(path, options);
  await holds(page, `!!customElements.get('tadak-virtual-network')`);
  return page;
}

/** Fills the form in from its first field, by keyboard alone: arrows choose, Tab goes on. */
async function fillByKeyboard(page: Page, texts: readonly string[]): Promise<void> {
  await page.focus(`${box('switch')} input`);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  for (const text of texts) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  }
}
const rightTexts = [
  ...['10.98.76.0', '/24', '10.98.76.128', '10.98.76.254'],
  ...['10.98.76.2', '10.98.76.3', 'lab net'],
];

test('the page’s HTML and scripts know neither solution nor rules', async () => {
  const page = await open();
  const sources = await page.evaluate<string[]>(
    `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js'))`,
  );
  const texts = await Promise.all([page.url(), ...sources].map(async (url) => (await fetch(url)).text()));
  expect(texts.length).toBeGreaterThan(2);
  for (const secret of [
    '10.98.76',
    'one-of',
    'taken by somebody',
    '주인이 있는 주소',
    'range-excludes',
    '213.0.113.0',
  ]) {
    for (const text of texts) expect(text.includes(secret), secret).toBe(false);
  }
});

test('a whole form is filled in by keyboard and passes without a lab, and the drawing follows', async () => {
  const page = await open();
  expect(await page.textContent('tadak-virtual-network desc')).toContain('아직');
  await fillByKeyboard(page, rightTexts);
  expect(await drawing(page, 'subnet')).toBe('10.98.76.0/24');
  expect(await drawing(page, 'host')).toBe('10.98.76.1');
  expect(await drawing(page, 'name')).toBe('오른쪽 · NAT');
  expect(await page.textContent('tadak-virtual-network desc')).toContain('NAT 장치 10.98.76.2');
  await page.keyboard.press('Enter');
  await hasStatus(page, 'pass');
  await holds(page, `${node(step)}.dataset.state === 'done' && ${node('a[data-step=plan]')}.dataset.state === 'done'`);
  expect(await page.innerText(`${step} [data-why-text]`)).toContain('사설 대역');
  expect(await page.evaluate(`${node('tadak-lab-status')}.dataset.state`)).toBe('none');
});

test('what is wrong stands beside its field, is announced with it, and is forgotten while it is changed', async () => {
  const page = await open();
  await fillByKeyboard(page, rightTexts.with(0, '10.98.76.0/24').with(4, '10.98.76.1'));
  await page.keyboard.press('Enter');
  await hasStatus(page, 'fail');
  expect(await page.evaluate(`document.activeElement.name`)).toBe('ask:name');
  expect(await hintOf(page, 'subnet')).toContain('주소만');
  const input = `${box('subnet')} input`;
  expect(await page.getAttribute(input, 'aria-invalid')).toBe('true');
  expect(await page.getAttribute(input, 'aria-describedby')).toBe(
    'step-plan-field-subnet-about step-plan-field-subnet-hint',
  );
  expect(await page.getAttribute(`${box('mask')} input`, 'aria-invalid')).toBeNull();

  await page.click(`${step} [data-problems] a`);
  expect(await page.evaluate(`document.activeElement.name`)).toBe('ask:subnet');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('10.98.76.0');
  expect(await page.getAttribute(input, 'aria-invalid')).toBeNull();
  expect(await page.isHidden(`${box('subnet')} [data-ask-hint]`)).toBe(true);
  await page.keyboard.press('Enter');
  await holds(page, `${node(`${box('door')} [data-ask-hint]`)}.innerText.includes('다른 이의 자리')`);
  expect(await hintOf(page, 'door')).toContain('10.98.76.2');
});

test('one problem of several fields marks all of them, and changing one takes the marks off', async () => {
  const page = await open();
  await fillByKeyboard(page, rightTexts.with(2, '10.98.76.3'));
  await page.keyboard.press('Enter');
  await hasStatus(page, 'fail');
  const marked = () => page.$$eval('[data-ask] [aria-invalid=true]', (inputs) => inputs.map((input) => input.id));
  const ids = ['first', 'last', 'machine'].map((field) => `step-plan-field-${field}-input`);
  expect(await marked()).toEqual(ids);
  expect(await page.getAttribute(`#${ids[2]}`, 'aria-describedby')).toContain('step-plan-field-first-hint');
  expect(await drawing(page, 'machine-note')).toBe('DHCP 범위 안');
  await page.fill(`#${ids[2]}`, '10.98.76.9');
  expect(await marked()).toEqual([]);
  expect(await page.getAttribute(`#${ids[2]}`, 'aria-describedby')).not.toContain('first-hint');
});

test('what was typed and what was said about it come back after a reload; clearing asks first and takes both away', async () => {
  const page = await open();
  await fillByKeyboard(page, rightTexts.with(4, '10.98.76.1'));
  await page.keyboard.press('Enter');
  await hasStatus(page, 'fail');
  await page.reload();
  await hasStatus(page, 'fail');
  expect(await page.inputValue(`${box('machine')} input`)).toBe('10.98.76.3');
  expect(await page.isChecked(`${box('switch')} [value=right]`)).toBe(true);
  expect(await hintOf(page, 'door')).toContain('다른 이의 자리');
  await holds(page, `${node('tadak-virtual-network [data-part=subnet]')}.textContent === '10.98.76.0/24'`);

  await page.click(`${step} [data-reset]`);
  await page.click('dialog button[value=""]');
  expect(await page.inputValue(`${box('machine')} input`)).toBe('10.98.76.3');
  await page.click(`${step} [data-reset]`);
  await page.click('dialog button[value=yes]');
  await holds(page, `${node(`${step} [data-result]`)}.innerText === '모두 지웠어요.'`);
  expect(await page.inputValue(`${box('machine')} input`)).toBe('');
  expect(await page.isChecked(`${box('switch')} [value=right]`)).toBe(false);
  expect(await drawing(page, 'subnet')).toBe('');
  await page.reload();
  await holds(page, `!!customElements.get('tadak-virtual-network')`);
  expect(await page.inputValue(`${box('machine')} input`)).toBe('');
});

test('the solution is shown by labels, in the reader’s language', async () => {
  const page = await open('/en/plans/network/');
  await page.click(`${step} [data-solution-ask]`);
  await page.click(`${step} [data-solution-show]`);
  await holds(page, `${node(`${step} [data-solution-script]`)}.innerText.includes('Subnet: 10.98.76.0')`);
});

test('a phone is wide enough, and nothing is wrong with the form for those who do not see it', async () => {
  for (const [width, colorScheme] of [
    [390, 'dark'],
    [1280, 'light'],
  ] as const) {
    const page = await open('/en/plans/network/', { viewport: { width, height: 800 }, colorScheme });
    await page.click(`${step} [data-check]`);
    await hasStatus(page, 'fail');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await page.evaluate(axeCode);
    const found = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
      `axe.run(${node(step)})`,
    );
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    await page.context().close();
  }
});
