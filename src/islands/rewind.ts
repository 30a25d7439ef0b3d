/**
 * The dialog in which a learner chooses an earlier moment to which the lab goes back. Loaded when somebody asks for it.
 * Where whole states are not kept, the moments are the steps of this page that were passed.
 */
import { rewindWords } from '../i18n/rewind-words.ts';
import type { CheckpointsView, LabView } from '../protocol/api.ts';
import type { ApiAnswer } from './api.ts';
import { button, element } from './element.ts';
import { minutesSince } from './jump.ts';
import type { Page } from './page.ts';
import rewindCss from './rewind.css?inline';
import { adoptCss } from './style-sheet.ts';

/** A moment to choose. */
interface Moment {
  readonly label: string;
  /** What is asked of the API. */
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
}

/** Puts the button that opens the dialog beside the lab's others, once. */
export function offerRewind(host: HTMLElement, page: Page, signal: AbortSignal): void {
  if (host.querySelector('[data-lab=undo]')) return;
  adoptCss(rewindCss);
  const press = async () => page.state.set({ labFailure: await chooseMoment(page) });
  const undo = button(rewindWords[page.locale].undo, () => void press(), {
    ...{ signal, 'data-lab': 'undo', 'aria-haspopup': 'dialog' },
  });
  host.querySelector('[data-lab=restart]')?.before(undo);
}

/** Shows the moments and goes back to the chosen one. Answers with the failure to show, if any. */
async function chooseMoment(page: Page): Promise<string | undefined> {
  const words = rewindWords[page.locale];
  const kept = await page.api.call<CheckpointsView>('GET', '/lab/checkpoints');
  if (!kept.ok) return kept.message;
  const { isKept } = kept.value;
  const moments = isKept ? keptMoments(kept.value, page) : passedMoments(page);
  const none = isKept ? words.none : words.noneByScripts;
  const chosen = await ask(page, { moments, text: isKept ? words.whole : words.scripts, none });
  if (!chosen) return undefined;
  const answer: ApiAnswer<LabView> = await page.api.call<LabView>('POST', chosen.path, chosen.body);
  if (!answer.ok) return answer.message;
  page.state.set({ lab: answer.value });
  return undefined;
}

function keptMoments({ checkpoints }: CheckpointsView, { locale }: Page): readonly Moment[] {
  const words = rewindWords[locale];
  return checkpoints.map(({ id, at, lesson, step }) => {
    const place = step ? words.afterStep(lesson[locale], plain(step[locale])) : words.atBeginning(lesson[locale]);
    return {
      label: `${place} · ${words.minutesAgo(minutesSince(at))}`,
      path: '/lab/rewind',
      body: { checkpoint: id },
    };
  });
}

/** The steps of this page that were passed, last one first. */
function passedMoments({ locale }: Page): readonly Moment[] {
  const words = rewindWords[locale];
  const passed = 'tadak-step:is([data-state="done"], [data-state="regressed"]):has([data-reset])';
  return [...document.querySelectorAll<HTMLElement>(passed)].reverse().map((host) => {
    const { course, lesson, step } = host.dataset;
    const title = host.querySelector('h2 > :not([data-marker], .sr-only)')?.textContent?.trim() ?? step ?? '';
    return {
      label: words.beforeStep(title),
      path: `/courses/${course}/lessons/${lesson}/steps/${step}/jump`,
      body: {},
    };
  });
}

interface Asked {
  readonly moments: readonly Moment[];
  readonly text: string;
  readonly none: string;
}

function ask({ locale }: Page, { moments, text, none }: Asked): Promise<Moment | undefined> {
  const words = rewindWords[locale];
  const choices = moments.map(({ label }, index) =>
    element(
      'label',
      { class: 'tadak-moment' },
      element('input', { type: 'radio', name: 'moment', value: index, checked: index === 0 }),
      label,
    ),
  );
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog', 'aria-labelledby': 'tadak-moments', 'aria-describedby': 'tadak-moments-text' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id: 'tadak-moments' }, words.title),
      element('p', { id: 'tadak-moments-text' }, moments.length > 0 ? text : none),
      element('div', { class: 'tadak-moments', role: 'radiogroup', 'aria-labelledby': 'tadak-moments' }, ...choices),
      element(
        'div',
        { class: 'tadak-dialog-buttons' },
        element('button', { value: '', autofocus: true }, words.close),
        ...(moments.length > 0 ? [element('button', { value: 'yes', class: 'tadak-strong' }, words.goBack)] : []),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const index = dialog.querySelector<HTMLInputElement>('input:checked')?.value;
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? moments[Number(index)] : undefined);
    });
  });
}

/** A title without the marks of `code`. */
function plain(title: string): string {
  return title.replaceAll('`', '');
}
