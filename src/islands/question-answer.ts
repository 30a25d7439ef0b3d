/**
 * Reads and writes a question's answer in its form, for every kind of question.
 * Knows nothing about the server or what is right.
 */

/** The answer as it stands in the form; nothing while none is given. */
export function readAnswer(form: HTMLFormElement, kind: string): string | string[] | undefined {
  if (kind === 'order')
    return [...form.querySelectorAll<HTMLElement>('[data-item]')].map((item) => item.dataset['item'] ?? '');
  const given = new FormData(form).getAll('answer').map((value) => String(value).trim());
  if (kind === 'multiple') return given.length > 0 ? given : undefined;
  return given[0] || undefined;
}

/** Puts an earlier answer into the form. */
export function writeAnswer(form: HTMLFormElement, answer: string | readonly string[]): void {
  const given = typeof answer === 'string' ? [answer] : answer;
  const list = form.querySelector('[data-order]');
  if (list) {
    const items = [...list.querySelectorAll<HTMLElement>('[data-item]')];
    list.append(...given.flatMap((id) => items.filter((item) => item.dataset['item'] === id)));
  }
  for (const field of form.querySelectorAll<HTMLInputElement>('input[name="answer"]')) {
    if (field.type === 'text') field.value = given[0] ?? '';
    else field.checked = given.includes(field.value);
  }
}
