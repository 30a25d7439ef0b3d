/**
 * A learner at a lesson: what they do, and what they see.
 */
import type { BrowserContext, Page } from 'playwright-core';
import type { Question } from '../../src/course/schema.ts';
import { field, holds, screenText, sees } from '../islands/support/learner-hands.ts';
import { until } from '../islands/support/until.ts';

/** How long a machine may take to start or a step to tick under emulation, ms. */
const labMs = 240_000;
const tickMs = 120_000;

/** Root's prompt, waiting for a command, on the last line of the screen. */
const prompt = /\[root@[\w.-]+ [^\]]*\]# ?$/;

/** A learner at one page. */
export class Learner {
  readonly page: Page;
  /** How long each step took to tick after the last key, ms. */
  readonly tickedAfterMs: Record<string, number> = {};

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens a lesson in a new tab. */
  static async open(context: BrowserContext, url: string): Promise<Learner> {
    const page = await context.newPage();
    await page.goto(url);
    return new Learner(page);
  }

  /** Presses the start button and waits for root's prompt. */
  async startLab(): Promise<void> {
    await this.page.click('[data-lab-start]');
    await sees(this.page, prompt, labMs);
    await this.page.focus(field);
  }

  /** Types a command with the keyboard, and waits for the next prompt. */
  async type(command: string): Promise<void> {
    await this.page.focus(field);
    await this.page.keyboard.type(command);
    await this.#seesTyped(command);
    await this.page.keyboard.press('Enter');
    await this.waitForPrompt();
  }

  /** Waits until the command stands behind the prompt: before that, the prompt of the last one could be taken for the next. */
  async #seesTyped(command: string): Promise<void> {
    const bare = (text: string) => text.replaceAll(/\s/g, '');
    const end = bare(command).slice(-24);
    await until(
      `the terminal shows ${command}`,
      async () => (bare(await this.screen()).endsWith(end) ? true : undefined),
      { withinMs: tickMs, seen: () => this.screen() },
    );
  }

  /** Waits until the shell is ready for the next command. */
  async waitForPrompt(): Promise<void> {
    await sees(this.page, prompt, tickMs);
  }

  /** Clicks a printed command twice: the first click types it, the second one runs it. */
  async clickCommand(command: string): Promise<void> {
    const button = this.page.locator(`[data-type-command=${JSON.stringify(command)}]`).first();
    await button.click();
    await this.#seesTyped(command);
    await button.click();
    await this.waitForPrompt();
  }

  /** Every command that the page prints in a step, in order. */
  commandsOf(step: string): Promise<string[]> {
    return this.page
      .locator(`tadak-step[data-step="${step}"] [data-type-command]`)
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('data-type-command') ?? ''));
  }

  /** Waits for a step's tick. */
  async seesTick(step: string): Promise<void> {
    const from = Date.now();
    await until(`the step ${step} ticks`, async () => ((await this.stateOf(step)) === 'done' ? true : undefined), {
      withinMs: tickMs,
      seen: () => this.describe(step),
    });
    this.tickedAfterMs[step] = Date.now() - from;
  }

  /** State of a step as the page shows it: todo, done, regressed, … */
  async stateOf(step: string): Promise<string | null> {
    return this.page.getAttribute(`tadak-step[data-step="${step}"]`, 'data-state');
  }

  /** Presses a step's check button and gives what the page then says. */
  async check(step: string): Promise<string> {
    const result = `document.querySelector('tadak-step[data-step="${step}"] [data-result]')`;
    await this.page.evaluate(`delete ${result}.dataset.status`);
    await this.page.click(`tadak-step[data-step="${step}"] [data-check]`);
    await holds(this.page, `['pass', 'fail', 'error', 'skipped'].includes(${result}.dataset.status)`, tickMs);
    return this.page.innerText(`tadak-step[data-step="${step}"] [data-result]`);
  }

  /** Answers a value that a step asks for, and sends it with Enter. */
  async answer(step: string, answers: Readonly<Record<string, string>>): Promise<void> {
    const form = `tadak-step[data-step="${step}"] [data-check-form]`;
    for (const [name, value] of Object.entries(answers)) {
      const radio = this.page.locator(`${form} input[type=radio][name="ask:${name}"][value="${value}"]`);
      if ((await radio.count()) > 0) await radio.check();
      else await this.page.fill(`${form} input[name="ask:${name}"]`, value);
    }
    await this.page.click(`${form} [data-check]`);
  }

  /** Answers a quiz question rightly, and gives what the page says. */
  async answerQuestion(question: Question, text?: string): Promise<string> {
    const at = `tadak-question[data-question="${question.id}"]`;
    if (question.kind === 'single' || question.kind === 'multiple') {
      for (const choice of question.choices) {
        const input = this.page.locator(`${at} input[value="${choice.id}"]`);
        if (choice.correct) await input.check();
        else if (question.kind === 'multiple') await input.uncheck();
      }
    } else if (question.kind === 'order')
      await this.#putInOrder(
        at,
        question.items.map((item) => item.id),
      );
    else
      await this.page.fill(
        `${at} input[name=answer]`,
        text ?? (question.kind === 'fill-in' ? (question.accept[0] ?? '') : ''),
      );
    await this.page.click(`${at} [data-submit]`);
    await holds(this.page, `Boolean(document.querySelector('${at} [data-result]').dataset.status)`, tickMs);
    return this.page.innerText(at);
  }

  /** Everything on the terminal's screen. */
  screen(): Promise<string> {
    return screenText(this.page);
  }

  async #putInOrder(at: string, wanted: readonly string[]): Promise<void> {
    for (const [target, id] of wanted.entries()) {
      for (;;) {
        const ids = await this.page
          .locator(`${at} [data-item]`)
          .evaluateAll((items) => items.map((item) => item.getAttribute('data-item')));
        if (ids.indexOf(id) <= target) break;
        await this.page.click(`${at} [data-item="${id}"] [data-move=up]`);
      }
    }
  }

  async describe(step: string): Promise<string> {
    const result = await this.page.innerText(`tadak-step[data-step="${step}"] [data-result]`);
    return `${await this.stateOf(step)} · ${result}\n${await this.screen()}`;
  }
}
