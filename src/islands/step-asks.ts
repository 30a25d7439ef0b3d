/**
 * The values that a step asks for: read, kept over a reload, and marked when they are wrong.
 * Knows nothing about checks.
 */
import { setHidden } from './element.ts';

const prefix = 'ask:';

/** Values by ask id. */
export function readAsks(form: HTMLFormElement): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (name.startsWith(prefix)) answers[name.slice(prefix.length)] = String(value).trim();
  }
  return answers;
}

/** Where typed values are kept, and under which name. */
export interface Keeping {
  /** `sessionStorage`: while the browser tab lives. `localStorage`: as long as the learner's cookie does. */
  readonly storage: Storage;
  readonly key: string;
}

/** Keeps what is typed, and puts it back after a reload. */
export function keepAsks(form: HTMLFormElement, { storage, key }: Keeping, signal: AbortSignal): void {
  const kept = JSON.parse(storage.getItem(key) ?? '{}') as Record<string, string>;
  for (const field of askFields(form)) {
    const value = kept[field.name.slice(prefix.length)];
    if (value === undefined) continue;
    if (field.type === 'radio') field.checked = field.value === value;
    else field.value = value;
  }
  form.addEventListener('input', () => storage.setItem(key, JSON.stringify(readAsks(form))), { signal });
}

/** Marks the wrong values and shows their hints; an empty list takes all marks off. */
export function markAsks(form: HTMLFormElement, wrong: readonly string[]): void {
  for (const field of askFields(form)) {
    const isWrong = wrong.includes(field.name.slice(prefix.length));
    if (isWrong) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
  for (const group of form.querySelectorAll<HTMLElement>('[data-ask]')) {
    const hint = group.querySelector('[data-ask-hint]');
    setHidden(hint, !wrong.includes(group.dataset['ask'] ?? '') || !hint?.textContent);
  }
}

function askFields(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[name^="${prefix}"]`)];
}
