/**
 * The lesson `files` of the tiny course as the site prints it, in the little that islands need of it
 * (docs/decisions/site.md has the whole contract).
 */

import type { Locale } from '../../../src/course/locales.ts';
import { machineFor } from '../../../src/course/machines.ts';
import type { Course } from '../../../src/course/model.ts';
import { findLesson } from '../../../src/course/model.ts';
import { publicQuestion } from '../../../src/course/public-question.ts';
import { rewindWords } from '../../../src/i18n/rewind-words.ts';
import { t } from '../../../src/i18n/t.ts';
import type { PublicQuestion } from '../../../src/protocol/api.ts';

const style = `
  body { margin: 0; font: 16px/1.6 sans-serif; }
  :root { color-scheme: light; --sl-color-bg: #fff; --sl-color-text: #24231f; --sl-color-gray-6: #eee; --sl-color-gray-5: #ccc; --sl-color-gray-4: #767676; --sl-color-text-accent: #0b57b0; --sl-color-text-invert: #fff; }
  :root[data-theme=dark] { color-scheme: dark; --sl-color-bg: #1d1d1a; --sl-color-text: #e6e3da; --sl-color-gray-6: #33332f; --sl-color-gray-5: #444; --sl-color-gray-4: #999; --sl-color-text-accent: #84b6ff; --sl-color-text-invert: #111; }
  body { background: var(--sl-color-bg); color: var(--sl-color-text); display: grid; grid-template-columns: 1fr 1fr; height: 100vh; }
  [data-jump] { display: none; } tadak-step[data-state=todo] ~ tadak-step[data-state=todo] [data-jump] { display: revert; }
  main { overflow: auto; padding: 1rem; } aside { min-width: 0; min-height: 0; }
  tadak-dock { display: flex; flex-direction: column; height: 100vh; }
  tadak-dock:not(:defined) [data-lab-start] { visibility: hidden; }
  .sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  @media (max-width: 50rem) { body { grid-template-columns: 1fr; } main { display: none; } }
`;

/** The page's HTML. */
export function lessonPage(course: Course, lessonId: string, locale: Locale): string {
  const text = t(locale);
  const lesson = findLesson(course, lessonId);
  if (!lesson) throw new Error(`no lesson ${lessonId}`);
  const data = `data-course="${course.id}" data-lesson="${lesson.id}"`;
  const steps = lesson.steps.map(
    (step) => `
<tadak-step id="step-${step.id}" ${data} data-step="${step.id}" data-needs="${step.needs.join(' ')}" data-state="todo" role="region" aria-labelledby="step-${step.id}-title">
  <h2 id="step-${step.id}-title"><span data-marker aria-hidden="true">○</span> ${step.title[locale]} <span class="sr-only" data-state-label></span></h2>
  <form data-check-form novalidate>
    ${step.ask
      .map((ask) =>
        ask.choices
          ? `<fieldset data-ask="${ask.id}"><legend>${ask.question[locale]}</legend>${ask.choices.map((choice) => `<label><input type="radio" name="ask:${ask.id}" value="${choice.id}">${choice.text[locale]}</label>`).join('')}<p data-ask-hint hidden></p></fieldset>`
          : `<div data-ask="${ask.id}"><label>${ask.question[locale]} <input name="ask:${ask.id}"></label><p data-ask-hint hidden></p></div>`,
      )
      .join('')}
    <button type="submit" data-check>${text['step.check']}</button>
    <button type="button" data-solution-ask aria-expanded="false">${text['step.solution']}</button>
    <button type="button" data-reset>${text['step.reset']}</button>
    <button type="button" data-jump>${rewindWords.ko.jump}</button>
  </form>
  <div role="status" data-result></div>
  <div data-why hidden><h3>${text['step.why']}</h3><p data-why-text></p></div>
  <div data-solution hidden><p data-solution-confirm>${text['step.solutionConfirm']} <button type="button" data-solution-show>${text['step.solutionShow']}</button></p><pre data-solution-script tabindex="0" hidden></pre></div>
</tadak-step>`,
  );
  const questions = lesson.questions.map((question) => questionForm(publicQuestion(question), data, locale));
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>${lesson.title[locale]}</title><style>${style}</style></head>
<body>
<main>
<h1>${lesson.title[locale]}</h1>
<tadak-step-list ${data}>${lesson.steps.map(({ id, title }) => `<a href="#step-${id}" data-step="${id}" data-state="todo"><span data-marker aria-hidden="true">○</span> ${title[locale]} <span class="sr-only" data-state-label></span></a> `).join('')}<a href="#quiz" data-quiz data-state="todo"><span data-marker aria-hidden="true">?</span> ${text['quiz.title']} <span class="sr-only" data-state-label></span></a></tadak-step-list>
<p><tadak-lesson-mark ${data} data-steps="${lesson.steps.length}" data-state="todo"><span class="sr-only"></span></tadak-lesson-mark></p>
<tadak-course-progress data-course="${course.id}" data-steps="3" hidden><progress max="3" value="0" aria-label="progress"></progress><span data-text></span></tadak-course-progress>
<p><button type="button" data-type-command="echo 안녕-$((40+2))">type</button>
<button type="button" data-type-command="cat &lt;&lt;EOF&#10;first line&#10;EOF">heredoc</button></p>
<tadak-variants role="group" aria-label="variants">${['debian', 'el8', 'el9'].map((name, index) => `<details data-variant="${name}"${index === 0 ? ' open' : ''}><summary>${name} <span data-yours hidden>yours</span></summary><p>for ${name}</p></details>`).join('')}</tadak-variants>
${steps.join('\n')}
<tadak-quiz id="quiz" ${data}>${questions.join('\n')}</tadak-quiz>
</main>
<aside aria-label="lab"><tadak-dock ${data}>
  <tadak-lab-status ${data} data-machine="${machineFor(lesson.start)}"></tadak-lab-status>
  <div data-lab-intro><p>${text['lab.startHint']}</p><button type="button" data-lab-start>${text['lab.start']}</button></div>
  <tadak-terminal ${data}></tadak-terminal>
</tadak-dock></aside>
<script type="module" src="/islands.js"></script>
</body></html>`;
}

function questionForm(question: PublicQuestion, data: string, locale: Locale): string {
  return `<tadak-question id="question-${question.id}" ${data} data-question="${question.id}" data-kind="${question.kind}" data-state="todo">
  <form><fieldset><legend>${question.text[locale]}</legend>${fields(question, locale)}</fieldset><button type="submit" data-submit>${t(locale)['quiz.submit']}</button></form>
  <div role="status" data-result></div></tadak-question>`;
}

function fields(question: PublicQuestion, locale: Locale): string {
  const text = t(locale);
  if (question.kind === 'single' || question.kind === 'multiple') {
    const type = question.kind === 'single' ? 'radio' : 'checkbox';
    return question.choices
      .map(
        ({ id, text: choice }) =>
          `<label data-choice="${id}"><input type="${type}" name="answer" value="${id}">${choice[locale]}</label><p data-explanation="${id}" hidden></p>`,
      )
      .join('');
  }
  if (question.kind === 'order') {
    const items = question.items.map(
      ({ id, text: item }) =>
        `<li data-item="${id}"><span data-item-text>${item[locale]}</span><button type="button" data-move="up" aria-label="${text['quiz.moveUp'](item[locale])}">↑</button><button type="button" data-move="down" aria-label="${text['quiz.moveDown'](item[locale])}">↓</button><p data-explanation="${id}" hidden></p></li>`,
    );
    return `<ol data-order>${items.join('')}</ol>`;
  }
  return `<input type="text" name="answer" maxlength="500" aria-label="${text['step.answer']}">`;
}
