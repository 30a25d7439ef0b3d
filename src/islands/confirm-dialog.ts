/**
 * Asks before something that cannot be taken back. Knows nothing about what it is.
 */
import { element } from './element.ts';

/** The question and the words on its buttons. */
export interface Question {
  readonly text: string;
  readonly confirm: string;
  readonly cancel: string;
}

/** Shows the question over the page; the focus goes back to where it was. */
export function askToConfirm({ text, confirm, cancel }: Question): Promise<boolean> {
  const id = `tadak-confirm-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
  const yes = element('button', { value: 'yes', class: 'tadak-strong' }, confirm);
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog', 'aria-labelledby': id },
    element(
      'form',
      { method: 'dialog' },
      element('p', { id }, text),
      element('div', { class: 'tadak-dialog-buttons' }, element('button', { value: '', autofocus: true }, cancel), yes),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    // At once: the event of closing comes later, and a key that was pressed meanwhile would overtake what was agreed to.
    yes.addEventListener('click', () => {
      dialog.close('yes');
      resolve(true);
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
