/**
 * A dialog with a box of text in it: to take text from, or to put text in. Knows nothing about terminals or clipboards.
 */
import { element } from '../element.ts';

/** What the dialog says. */
export interface TextDialogOptions {
  readonly title: string;
  readonly hint: string;
  /** A text to take from; without one the box is empty and can be written into. */
  readonly text?: string;
  readonly confirm: string;
  readonly cancel: string;
}

/** Shows the box over the page; answers with its text when the learner confirms. The focus goes back to where it was. */
export function showTextDialog({ title, hint, text, confirm, cancel }: TextDialogOptions): Promise<string | undefined> {
  const id = `tadak-text-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const box = element('textarea', {
    ...{ 'aria-labelledby': id, 'aria-describedby': `${id}-hint`, rows: text === undefined ? 5 : 12 },
    ...{
      readonly: text !== undefined,
      autofocus: true,
      spellcheck: 'false',
      autocapitalize: 'off',
      autocomplete: 'off',
    },
  });
  box.value = text ?? '';
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog tp-text', 'aria-labelledby': id },
    element(
      'form',
      { method: 'dialog' },
      element('h2', { id }, title),
      element('p', { id: `${id}-hint` }, hint),
      box,
      element(
        'div',
        { class: 'tadak-dialog-buttons' },
        element('button', { value: '' }, cancel),
        element('button', { value: 'yes', class: 'tadak-strong' }, confirm),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? box.value : undefined);
    });
  });
}
