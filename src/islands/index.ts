/**
 * Everything that runs in the browser starts here: finds the reader's language, makes the page's shared
 * parts and registers the elements. The terminal itself is loaded when it is first needed.
 */
import { isLocale } from '../course/locales.ts';
import { wireCommands } from './commands.ts';
import { defineIsland, type Island } from './island.ts';
import islandsCss from './islands.css?inline';
import { labStatusIsland } from './lab-status.ts';
import { createPage } from './page.ts';
import { followPlace } from './place.ts';
import { continueIsland, courseProgressIsland, lessonMarkIsland } from './progress-marks.ts';
import { questionIsland } from './question.ts';
import { stepIsland } from './step.ts';
import { stepListIsland } from './step-list.ts';
import { adoptCss } from './style-sheet.ts';
import { terminalIsland } from './terminal.ts';

/** Few pages have variants, so their part is fetched where they are. */
const variantsIsland: Island = async (host, page, signal) => {
  const { followLab } = await import('./variants.ts');
  if (!signal.aborted) followLab(host, page, signal);
};

const islands = {
  'tadak-dock': () => {},
  'tadak-quiz': () => {},
  'tadak-lab-status': labStatusIsland,
  'tadak-terminal': terminalIsland,
  'tadak-step': stepIsland,
  'tadak-step-list': stepListIsland,
  'tadak-question': questionIsland,
  'tadak-variants': variantsIsland,
  'tadak-lesson-mark': lessonMarkIsland,
  'tadak-course-progress': courseProgressIsland,
  'tadak-continue': continueIsland,
} as const;

async function start(): Promise<void> {
  const watch = document.querySelector<HTMLElement>('tadak-watch');
  if (!watch && !document.querySelector(Object.keys(islands).join())) return;
  const lang = document.documentElement.lang.split('-')[0];
  const locale = isLocale(lang) ? lang : 'ko';
  // One language is enough for a page.
  const t = locale === 'ko' ? (await import('../i18n/ko.ts')).ko : (await import('../i18n/en.ts')).en;
  // Who looks on is no learner: nothing of what follows is theirs.
  if (watch) return (await import('./watch/index.ts')).startWatch(watch, locale, t);
  adoptCss(islandsCss);
  const { course } = document.querySelector<HTMLElement>('[data-course]')?.dataset ?? {};
  const { lesson } = document.querySelector<HTMLElement>('tadak-dock, tadak-step, tadak-quiz')?.dataset ?? {};
  const page = createPage({ locale, t, course, lesson, signal: new AbortController().signal });
  // Few pages have a form, so only they load what forms need.
  const forms = document.querySelector('form[data-form]') ? await import('./form-step/index.ts') : undefined;
  page.formInputs = forms?.createFormInputs(page);
  for (const [tag, island] of Object.entries(islands)) defineIsland(tag, island, page);
  // After the steps, which put back what was typed.
  if (forms) defineIsland('tadak-virtual-network', forms.virtualNetworkIsland, page);
  wireCommands(page);
  followPlace(page);
}

void start();
