/**
 * The form of a form step: a message beside each field that is not right, links to those fields, and clearing it.
 * Knows nothing about rules: the server says what is wrong and where.
 */
import type { FormProblem } from '../../course/result.ts';
import { element, richText, setHidden } from '../element.ts';
import type { Reader } from '../step-result.ts';

/** The field's element: a box with a text field, or the group of its choices. */
function boxOf(form: HTMLFormElement, id: string): HTMLElement | null {
  return form.querySelector<HTMLElement>(`[data-ask="${CSS.escape(id)}"]`);
}

/** What takes the focus and is announced as invalid. */
function controlOf(box: HTMLElement): { readonly marked: HTMLElement; readonly focused: HTMLElement } | undefined {
  const input = box.querySelector<HTMLInputElement>('input:checked, input');
  return input ? { marked: input.type === 'radio' ? box : input, focused: input } : undefined;
}

/** Whether nothing has been filled in. */
export function isEmptyForm(form: HTMLFormElement): boolean {
  return [...form.querySelectorAll<HTMLInputElement>('[data-ask] input')].every((input) =>
    input.type === 'radio' ? !input.checked : input.value.trim() === '',
  );
}

/** Shows each problem beside its field, and takes off what was shown before. */
export function markProblems(form: HTMLFormElement, problems: readonly FormProblem[], reader: Reader): void {
  for (const box of form.querySelectorAll<HTMLElement>('[data-ask]')) unmark(box);
  for (const problem of problems) {
    const [own = '', ...others] = problem.fields;
    const hint = boxOf(form, own)?.querySelector<HTMLElement>('[data-ask-hint]');
    if (!hint) continue;
    hint.replaceChildren(...sentence(problem, reader));
    setHidden(hint, false);
    for (const id of [own, ...others]) markBox(boxOf(form, id), hint.id);
  }
}

/** A field that is being changed is not wrong any more, nor are those that were wrong together with it. */
export function forgetMarksOnInput(form: HTMLFormElement, signal: AbortSignal): void {
  form.addEventListener(
    'input',
    ({ target }) => {
      const hintId = target instanceof Element && target.closest<HTMLElement>('[data-ask]')?.dataset['wrong'];
      if (!hintId) return;
      for (const box of form.querySelectorAll<HTMLElement>('[data-ask]')) {
        if (box.dataset['wrong'] === hintId) unmark(box);
      }
    },
    { signal },
  );
}

/** Empties every field and tells everybody who follows the form. */
export function clearForm(form: HTMLFormElement): void {
  form.reset();
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Links to the fields that are not right, by their labels. */
export function problemLinks(form: HTMLFormElement, problems: readonly FormProblem[]): HTMLElement {
  const links = problems.map(({ fields: [id = ''] }) => {
    const box = boxOf(form, id);
    const link = element('a', { href: `#${box?.id ?? ''}` }, box?.dataset['label'] ?? id);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      if (box) controlOf(box)?.focused.focus();
    });
    return element('li', {}, link);
  });
  return element('ul', { 'data-problems': true }, ...links);
}

function sentence({ message, expected }: FormProblem, { locale, t }: Reader): (Node | string)[] {
  if (expected === undefined) return richText(message[locale]);
  return [
    ...richText(message[locale]),
    element('span', { 'data-expected': true }, `${t['step.expected']}: `, element('code', {}, expected)),
  ];
}

function markBox(box: HTMLElement | null, hintId: string): void {
  const control = box && controlOf(box)?.marked;
  if (!box || !control) return;
  box.dataset['wrong'] = hintId;
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', [...new Set([...descriptionsOf(control), hintId])].join(' '));
}

function descriptionsOf(control: HTMLElement): string[] {
  return (control.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
}

function unmark(box: HTMLElement): void {
  delete box.dataset['wrong'];
  const control = controlOf(box)?.marked;
  control?.removeAttribute('aria-invalid');
  // A description that stands beside another field belongs to a problem that is over.
  const own = control ? descriptionsOf(control).filter((id) => box.querySelector(`#${CSS.escape(id)}`)) : [];
  control?.setAttribute('aria-describedby', own.join(' '));
  const hint = box.querySelector('[data-ask-hint]');
  setHidden(hint, true);
  hint?.replaceChildren();
}
